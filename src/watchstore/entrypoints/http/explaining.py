"""Every error becomes a problem: one function for Flask's views and for the fast lane."""

from typing import Any, Final

from flask import Response
from structlog.typing import FilteringBoundLogger
from werkzeug.exceptions import HTTPException

from watchstore.domain.errors import DomainError
from watchstore.entrypoints.http import problems
from watchstore.entrypoints.http.observing import note
from watchstore.entrypoints.http.problems import Problem
from watchstore.service_layer.ports import ConcurrencyConflict, GatewayUnavailable, Unavailable

_AWAY: Final = (Unavailable, GatewayUnavailable, ConcurrencyConflict)


class Explain:
    def __init__(self, log: FilteringBoundLogger) -> None:
        self._log = log

    def __call__(self, environ: dict[str, Any], error: Exception) -> Response:
        problem = self._problem(environ["watchstore.request_id"], error)
        note(environ, code=problem.code)
        return problem.response()

    def _problem(self, request_id: str, error: Exception) -> Problem:
        if isinstance(error, DomainError):
            return problems.refused(error)
        if isinstance(error, HTTPException):
            return problems.http_problem(error)
        if isinstance(error, _AWAY):
            self._log.warning("unavailable", request_id=request_id, error=type(error).__name__)
            return problems.unavailable()
        self._log.error("crashed", request_id=request_id, exc_info=error)
        return problems.crashed()
