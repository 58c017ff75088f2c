"""Taking everything away, and leaving for good."""

from typing import Any

from flask import after_this_request, request

from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.observing import note
from watchstore.entrypoints.http.permissions import SIGNED_IN
from watchstore.entrypoints.http.schemas import personal
from watchstore.entrypoints.http.schemas.buying import as_told_to_the_buyer
from watchstore.entrypoints.http.sessions import Cookies, signed_in
from watchstore.service_layer.commands import EraseAccount
from watchstore.service_layer.shop import Shop

_FILE = {"Content-Disposition": 'attachment; filename="watchstore-account.json"'}


def leaving_area(shop: Shop, cookies: Cookies) -> Area:
    area = Area("leaving", "All that is kept about an account, and the end of it.")

    @area.on("GET", "/account/export", access=SIGNED_IN, answer=personal.ExportAnswer)
    def export() -> tuple[dict[str, Any], int, dict[str, str]]:
        """Everything that is kept about the account, as a file."""
        found = shop.export_account(signed_in().user.id)
        orders = [as_told_to_the_buyer(order) for order in found.orders]
        told = {name: getattr(found, name) for name in personal.ExportAnswer().fields}
        return {**told, "orders": orders}, 200, _FILE

    @area.on("DELETE", "/account", access=SIGNED_IN, body=personal.ErasureBody, status=204)
    def erase(body: dict[str, str]) -> None:
        """Delete the account and what is kept for it; its orders stay in the books."""
        here = signed_in()
        shop.erase_account(EraseAccount(here.user.id, body["password"]))
        note(request.environ, user=str(here.user.id), act="account_erased")
        after_this_request(cookies.drop_session)

    return area
