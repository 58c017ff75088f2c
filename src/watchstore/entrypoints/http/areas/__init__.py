"""Every area of the API, each built from what it needs."""

from apispec import APISpec

from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.areas.account import account_area
from watchstore.entrypoints.http.areas.cart import cart_area
from watchstore.entrypoints.http.areas.catalogue import catalogue_area
from watchstore.entrypoints.http.areas.checkouts import checkouts_area
from watchstore.entrypoints.http.areas.docs import docs_area
from watchstore.entrypoints.http.areas.health import health_area
from watchstore.entrypoints.http.areas.leaving import leaving_area
from watchstore.entrypoints.http.areas.office_catalogue import office_catalogue_area
from watchstore.entrypoints.http.areas.office_files import office_files_area
from watchstore.entrypoints.http.areas.office_orders import office_orders_area
from watchstore.entrypoints.http.areas.office_outbox import office_outbox_area
from watchstore.entrypoints.http.areas.office_returns import office_returns_area
from watchstore.entrypoints.http.areas.office_stock import office_stock_area
from watchstore.entrypoints.http.areas.office_vouchers import office_vouchers_area
from watchstore.entrypoints.http.areas.orders import orders_area
from watchstore.entrypoints.http.areas.papers import papers_area
from watchstore.entrypoints.http.areas.payments import payments_area
from watchstore.entrypoints.http.areas.personal import personal_area
from watchstore.entrypoints.http.areas.pictures import pictures_area
from watchstore.entrypoints.http.areas.session import session_area
from watchstore.entrypoints.http.questions import Questions
from watchstore.entrypoints.http.sessions import Cookies
from watchstore.service_layer.shop import Shop


def all_areas(
    shop: Shop,
    cookies: Cookies,
    spec: APISpec,
    *,
    questions: Questions,
    caching: tuple[str, str],
) -> tuple[Area, ...]:
    return (
        health_area(shop),
        session_area(shop, cookies),
        account_area(shop),
        personal_area(shop),
        leaving_area(shop, cookies),
        catalogue_area(questions, caching),
        pictures_area(shop.catalogue),
        cart_area(shop, cookies, shop.ports.entropy),
        checkouts_area(shop, cookies, clock=shop.ports.clock),
        orders_area(shop, cookies, clock=shop.ports.clock),
        papers_area(shop, cookies),
        payments_area(shop),
        office_catalogue_area(shop),
        office_stock_area(shop),
        office_files_area(shop),
        office_orders_area(shop),
        office_vouchers_area(shop),
        office_outbox_area(shop),
        office_returns_area(shop),
        docs_area(spec),
    )
