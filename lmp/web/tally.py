"""One line and one count for every request: what was asked for and what it cost, not who asked or with which values."""

import time
from typing import Any

import structlog
from flask import Flask, Response, g, request

from lmp.core import db, metrics
from lmp.core.ids import new_id

log = structlog.get_logger()
NO_ROUTE = "(none)"


def install(app: Flask, *, addresses: bool) -> None:
    """Count from the first to the last; put this around the edge. `addresses` adds the visitor's network address."""

    def begin() -> None:
        g.began, g.request_id = time.perf_counter(), new_id().hex

    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.began
        metrics.request_answered(route(), request.method, response.status_code, seconds)
        log.info("request", **_line(response, seconds), **({"address": request.remote_addr} if addresses else {}))
        response.headers["X-Request-Id"] = g.request_id
        return response

    app.before_request(begin)
    app.after_request(end)


def route() -> str:
    """The rule of the address: /m/<token>, never the token."""
    return request.url_rule.rule if request.url_rule is not None else NO_ROUTE


def _line(response: Response, seconds: float) -> dict[str, Any]:
    scope: db.Scope | None = g.get("scope")
    viewer, bearer = g.get("viewer"), g.get("link_actor")
    acting = bearer or (viewer.actor if viewer else None)
    return {
        "id": g.request_id,
        "method": request.method,
        "route": route(),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "queries": scope.statements if scope else 0,
        "actor": acting.kind.value if acting else "nobody",
        "role": viewer.role if viewer and not bearer else "",
    }
