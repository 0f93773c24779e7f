"""The WSGI application for any server: `app`."""

from lmp.wsgi import app

__all__ = ["app"]
