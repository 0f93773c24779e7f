"""What every answer carries: security headers, caching, the remembered language, compression."""

import gzip

from flask import Response, request, session

from lmp.web.language import COOKIE, current_language

COMPRESS_FROM = 1000
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


def add(response: Response) -> Response:
    """Security headers, caching, language memory and compression."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CSP)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in headers and not request.path.startswith("/static/"):
        headers["Cache-Control"] = "no-store" if "_user_id" in session else "no-cache"
    if response.mimetype == "text/html":
        headers.setdefault("Content-Language", current_language())
        if request.cookies.get(COOKIE) != current_language() and request.view_args is not None:
            response.set_cookie(
                COOKIE, current_language(), max_age=31536000, httponly=True, samesite="Lax", secure=request.is_secure
            )
    return _compress(response)


def packs() -> bool:
    """Whether whoever asks can unpack."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _compress(response: Response) -> Response:
    """Compress dynamic text over a kilobyte."""
    if response.direct_passthrough or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    if response.mimetype not in ("text/html", "application/json") or not packs():
        return response
    data = response.get_data()
    if len(data) >= COMPRESS_FROM:
        response.set_data(gzip.compress(data, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.add("Vary", "Accept-Encoding")
    return response
