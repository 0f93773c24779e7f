"""Collects the mail that the platform really sends."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Condition
from typing import Any

PATIENCE_SECONDS = 30


class Inbox:
    """The handler of a mail server; a test waits in it for a mail."""

    def __init__(self) -> None:
        """Nothing has come yet."""
        self.address = ""
        self._mails: list[EmailMessage] = []
        self._arrived = Condition()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd names it
        """Take a mail."""
        mail = message_from_bytes(envelope.content, policy=default)
        with self._arrived:
            self._mails.append(mail)
            self._arrived.notify_all()
        return "250 OK"

    def wait_for(self, what: str, fits: Callable[[EmailMessage], bool]) -> EmailMessage:
        """The first mail that fits, as soon as it is there."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: any(map(fits, self._mails)), PATIENCE_SECONDS):
                raise AssertionError(f"no mail: {what}; there are {[mail['To'] for mail in self._mails]}")
            return next(mail for mail in self._mails if fits(mail))

    def mail_to(self, address: str, *, with_link: str) -> EmailMessage:
        """The first mail to an address that holds a link with this in it."""
        return self.wait_for(
            f"to {address} with {with_link}", lambda mail: address in mail["To"] and with_link in text_of(mail)
        )


def text_of(mail: EmailMessage) -> str:
    """What the mail says in plain text."""
    body = mail.get_body(("plain",))
    return body.get_content() if body is not None else ""


def link_in(mail: EmailMessage, part: str) -> str:
    """The address in a mail that holds this part."""
    return next(word for word in text_of(mail).split() if word.startswith("http") and part in word)
