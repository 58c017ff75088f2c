"""create_app: the Flask application, built from a shop and from nothing global."""

from collections.abc import Iterable
from typing import Any

import orjson
from flask import Flask, Response, request
from flask.json.provider import JSONProvider
from prometheus_client import CollectorRegistry
from structlog.typing import FilteringBoundLogger
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from watchstore.entrypoints.http import sessions
from watchstore.entrypoints.http.area import Area
from watchstore.entrypoints.http.areas import all_areas
from watchstore.entrypoints.http.conditional import public_caching
from watchstore.entrypoints.http.explaining import Explain
from watchstore.entrypoints.http.fast_lane import FastLane
from watchstore.entrypoints.http.frame import Frame
from watchstore.entrypoints.http.observing import Observer, json_log, note
from watchstore.entrypoints.http.openapi import Api, describe
from watchstore.entrypoints.http.permissions import Access, require_declared
from watchstore.entrypoints.http.questions import Questions
from watchstore.entrypoints.http.security import SAFE, check_unsafe, fixed_headers
from watchstore.entrypoints.http.sessions import Cookies
from watchstore.entrypoints.http.settings import HttpSettings
from watchstore.service_layer.shop import Shop


def create_app(
    shop: Shop,
    settings: HttpSettings,
    *,
    log: FilteringBoundLogger | None = None,
    registry: CollectorRegistry | None = None,
) -> Flask:
    """Build the application; does no I/O. Raises UndeclaredRoute for a route open by mistake.

    Requests are measured in `registry`; `app.extensions["in_flight"]` counts those under way.
    """
    app = _bare_app(settings)
    log = log or json_log()
    explain = Explain(log)
    cookies = Cookies(settings.secure)
    questions, caching = Questions(shop.documents), public_caching(settings.cache_seconds)
    api = describe(app, cookies)
    declared: dict[str, Access] = {}
    sessions.install(app, shop.sessions, cookies, declared)
    _guard(app, settings, declared, explain)
    areas = all_areas(
        shop,
        cookies,
        api.spec,
        questions=questions,
        caching=caching,
    )
    _register(api, areas, declared)
    require_declared(app, declared)
    lane = FastLane(app.wsgi_app, questions, caching=caching, explain=explain)
    observer = Observer(log, registry or CollectorRegistry())
    app.extensions["in_flight"] = observer.in_flight
    _frame(app, lane, settings, observer)
    return app


class _Json(JSONProvider):
    def dumps(self, obj: Any, **kwargs: Any) -> str:
        del kwargs
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        del kwargs
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        body = orjson.dumps(self._prepare_response_obj(args, kwargs))
        return Response(body, headers=[("Content-Type", "application/json")])


def _bare_app(settings: HttpSettings) -> Flask:
    app = Flask("watchstore", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.longest_body
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False  # never redirect: a redirect repeats what the caller sent
    app.url_map.strict_slashes = True
    app.json = _Json(app)
    return app


def _guard(
    app: Flask, settings: HttpSettings, declared: dict[str, Access], explain: Explain
) -> None:
    # Flask's own handler of HTTP errors is flask-smorest's: the more special class wins.
    for kind in (Exception, HTTPException):
        app.register_error_handler(kind, lambda error: explain(request.environ, error))

    @app.before_request
    def guard() -> None:
        rule = request.url_rule
        if rule is not None:
            request.environ["watchstore.route"] = rule.rule
        access = declared.get(rule.endpoint) if rule is not None else None
        if request.method not in SAFE:
            upload, signed = (access.upload, access.signed) if access else (None, False)
            check_unsafe(request, settings, upload, signed=signed)
        if access is None or access.is_public:
            return
        found = sessions.caller()
        if found is not None:
            note(request.environ, user=str(found.user.id))
        access.check(found)


def _register(api: Api, areas: Iterable[Area], declared: dict[str, Access]) -> None:
    for area in areas:
        api.register_blueprint(area.blueprint)
        declared.update(area.accesses)


def _frame(app: Flask, inner: FastLane, settings: HttpSettings, observer: Observer) -> None:
    framed: Any = Frame(inner, headers=fixed_headers(settings), observe=observer)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        framed = ProxyFix(framed, x_for=hops, x_proto=hops, x_host=0, x_port=0, x_prefix=0)
    app.wsgi_app = framed  # type: ignore[method-assign]
