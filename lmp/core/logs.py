"""One JSON line an event on standard error, without personal data.

What an exception says may hold what somebody typed (a database names the value that is there already), so a line tells
its kind and where it was raised, and not what it says.
"""

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

_MOST_FRAMES = 40


def configure() -> None:
    """Set how events are written; once per process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_words,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _without_words(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put kind and place of an exception where the exception was."""
    error = event.pop("exc_info", None)
    if isinstance(error, BaseException):
        event["error"] = kinds(error)
        frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
        event["raised"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def kinds(error: BaseException) -> str:
    """The kind of an exception and of those that led to it: IntegrityError from UniqueViolation."""
    found, seen = [type(error).__name__], error
    while (cause := seen.__cause__ or seen.__context__) is not None and len(found) < 5:
        found.append(type(cause).__name__)
        seen = cause
    return " from ".join(found)
