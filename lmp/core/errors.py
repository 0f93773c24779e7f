"""What can go wrong in a way that a person can mend, and how it is told."""

from lmp.core.messages import N_, Message


class LmpError(Exception):
    """Something a person is told about, with the HTTP status that fits it."""

    status = 400

    def __init__(self, message: Message) -> None:
        """Keep the sentence that is shown."""
        super().__init__(message.msgid)
        self.message = message


class RuleBroken(LmpError):
    """A rule of the domain says no; `field` names the form field it belongs to, if one does."""

    status = 422

    def __init__(self, message: Message, field: str | None = None) -> None:
        """Keep the sentence and the field it repairs."""
        super().__init__(message)
        self.field = field


class Conflict(RuleBroken):
    """The thing has changed since the page was opened, or somebody else was first."""

    status = 409


class NotAllowed(LmpError):
    """The actor may know the thing but may not do this with it."""

    status = 403

    def __init__(self, message: Message | None = None) -> None:
        """Say what is missing; a general sentence when nothing more helpful is known."""
        super().__init__(message or Message(N_("Your role does not allow this.")))


class NotFound(LmpError):
    """There is no such thing, or the actor may not know that it exists."""

    status = 404

    def __init__(self, message: Message | None = None) -> None:
        """Say what was looked for."""
        super().__init__(message or Message(N_("This page does not exist.")))


class Gone(LmpError):
    """A link that was good once: used, expired, or overtaken by a change."""

    status = 410


class TooLarge(LmpError):
    """More bytes than the platform takes."""

    status = 413


class TooMany(LmpError):
    """Too many tries in a short time; `wait_minutes` says when to come back."""

    status = 429

    def __init__(self, wait_minutes: int) -> None:
        """Tell when the next try is possible."""
        super().__init__(
            Message(N_("There have been too many attempts. Try again in %(minutes)s minutes."), minutes=wait_minutes)
        )
        self.wait_minutes = wait_minutes
