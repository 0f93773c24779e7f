"""What people are told about, how urgent it is, and when a mail may leave: quiet hours, the daily mail, rest days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lmp.access import Role
from lmp.core.messages import N_, Message

#: When the daily mail leaves on a working day, and on a half day, when offices close at noon.
DIGEST_AT = time(17, 0)
DIGEST_AT_HALF_DAY = time(12, 0)
#: When the rules look for what people should be reminded of.
REMIND_AT = time(8, 30)
SATURDAY = 5
EVERYBODY = frozenset(Role)


class Urgency(StrEnum):
    """Whether a kind asks for an act by a date."""

    ACT_BY = "act_by"
    DAILY = "daily"


class Delivery(StrEnum):
    """How a notice reaches its reader besides the page of notices."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    HERE = "here"


@dataclass(frozen=True)
class Kind:
    """A kind of notice: its key, its words, who gets it, how urgent it is, and whether its mail may be ended."""

    key: str
    words: Message
    hint: Message
    readers: frozenset[Role]
    urgency: Urgency = Urgency.DAILY
    is_optional: bool = True

    @property
    def usual(self) -> Delivery:
        """How it reaches people who chose nothing: only what asks for an act goes at once."""
        return Delivery.AT_ONCE if self.urgency is Urgency.ACT_BY else Delivery.DIGEST


_ACT = Urgency.ACT_BY
_TEACHER, _TRAINER = frozenset({Role.TEACHER}), frozenset({Role.TRAINER})
_WRITERS = frozenset({Role.TRAINER, Role.CENTRE_ADMINISTRATOR})
_LIST = (
    Kind(
        "application.decide",
        Message(N_("Applications that wait for your decision")),
        Message(N_("An approval is asked of you, or its last day is near.")),
        frozenset({Role.APPROVER}),
        _ACT,
        is_optional=False,
    ),
    Kind(
        "application",
        Message(N_("Your application")),
        Message(N_("It arrived, an office approved it, or it was answered.")),
        _TEACHER,
    ),
    Kind(
        "place.offered",
        Message(N_("A place that became free for you")),
        Message(N_("It is offered to you until a certain hour, or you move up from the reserve list.")),
        _TEACHER,
        _ACT,
        is_optional=False,
    ),
    Kind(
        "run.changed",
        Message(N_("A training that is cancelled, gets other dates, or ends for you")),
        Message(N_("The centre decided it and says why.")),
        _TEACHER | _TRAINER | frozenset({Role.ASSESSOR}),
        _ACT,
        is_optional=False,
    ),
    Kind(
        "run.starts",
        Message(N_("The first day is near")),
        Message(N_("Seven days and one day before a training begins.")),
        _TEACHER,
    ),
    Kind(
        "interest",
        Message(N_("Trainings you asked to hear about")),
        Message(N_("Applications open for a course or a field you chose.")),
        EVERYBODY,
    ),
    Kind(
        "message.important",
        Message(N_("Important messages from a trainer or coordinator")),
        Message(N_("Whoever writes marks them as important.")),
        _TEACHER,
        _ACT,
    ),
    Kind(
        "message",
        Message(N_("Other messages from a trainer or coordinator")),
        Message(N_("They also stay on the page of the training.")),
        _TEACHER,
    ),
    Kind(
        "workplace.placed",
        Message(N_("Where you learn on the job")),
        Message(N_("A company was matched, or the match changed.")),
        _TEACHER,
    ),
    Kind(
        "workplace.confirmed",
        Message(N_("Days the company confirmed")),
        Message(N_("A week of your log was answered.")),
        _TEACHER,
    ),
    Kind(
        "workplace.returned",
        Message(N_("Days to be corrected")),
        Message(N_("The company asks you to correct a day.")),
        _TEACHER,
        _ACT,
    ),
    Kind(
        "workplace.waiting",
        Message(N_("Weeks that wait for the company")),
        Message(N_("Nobody has answered for three days.")),
        _TEACHER,
    ),
    Kind(
        "workplace.missing",
        Message(N_("Days missing in your log")),
        Message(N_("Nothing is written for two working days.")),
        _TEACHER,
        _ACT,
    ),
    Kind(
        "workplace.denied",
        Message(N_("A link that reached the wrong person")),
        Message(N_("Somebody says that they are not the mentor.")),
        frozenset({Role.TEACHER, Role.CENTRE_ADMINISTRATOR}),
        _ACT,
        is_optional=False,
    ),
    Kind(
        "meeting.changed",
        Message(N_("A face-to-face day that changed")),
        Message(N_("Its day, its hours, its room or what to bring.")),
        _TEACHER | _TRAINER,
        _ACT,
    ),
    Kind(
        "meeting.tomorrow",
        Message(N_("Face-to-face days")),
        Message(N_("The day before you meet.")),
        _TEACHER | _TRAINER,
    ),
    Kind(
        "meeting.corrected",
        Message(N_("Your attendance")),
        Message(N_("A closed roster was corrected.")),
        _TEACHER,
    ),
    Kind(
        "learning.extended",
        Message(N_("More time or another try at a quiz")),
        Message(N_("It counts until the training ends.")),
        _TEACHER,
        _ACT,
    ),
    Kind(
        "learning.untouched",
        Message(N_("Units still open near the end")),
        Message(N_("The training ends soon and a unit was not opened for a week.")),
        _TEACHER,
    ),
    Kind(
        "practical",
        Message(N_("Your practical test")),
        Message(N_("The result.")),
        _TEACHER,
    ),
    Kind(
        "practical.day",
        Message(N_("The day of your practical test")),
        Message(N_("It was set, or it moved.")),
        _TEACHER,
        _ACT,
    ),
    Kind(
        "practical.tomorrow",
        Message(N_("Practical test tomorrow")),
        Message(N_("The day before.")),
        _TEACHER | frozenset({Role.ASSESSOR}),
    ),
    Kind(
        "certificate.sign",
        Message(N_("Certificates that wait for your confirmation")),
        Message(N_("You are named as signatory.")),
        frozenset({Role.CENTRE_ADMINISTRATOR, Role.NETWORK_ADMINISTRATOR}),
        _ACT,
        is_optional=False,
    ),
    Kind(
        "certificate.issued",
        Message(N_("A certificate of yours")),
        Message(N_("It was issued and can be downloaded.")),
        _TEACHER,
    ),
    Kind(
        "certificate.revoked",
        Message(N_("A certificate that was revoked")),
        Message(N_("With its reason.")),
        _TEACHER,
        _ACT,
        is_optional=False,
    ),
    Kind(
        "review.asked",
        Message(N_("Courses that wait for your review")),
        Message(N_("A colleague asks you to read a draft and decide.")),
        _WRITERS,
        _ACT,
    ),
    Kind(
        "review.decided",
        Message(N_("What became of a review you asked for")),
        Message(N_("The draft was sent back with a reason, or it was published.")),
        _WRITERS,
        _ACT,
    ),
    Kind(
        "data",
        Message(N_("Your personal data")),
        Message(N_("A download lies ready for seven days, or a request was answered.")),
        EVERYBODY,
        _ACT,
        is_optional=False,
    ),
)

#: Every kind by its key. A kind that is missing here cannot be told.
KINDS: Mapping[str, Kind] = {kind.key: kind for kind in _LIST}
#: The key under which the daily mail itself is ended.
DIGEST = "digest"


def kinds_for(roles: Collection[Role]) -> tuple[Kind, ...]:
    """The kinds that holders of these roles can get, in the order of the list."""
    return tuple(kind for kind in KINDS.values() if kind.readers & set(roles) or kind.readers == EVERYBODY)


@dataclass(frozen=True)
class Settings:
    """What a person wants to hear, and when."""

    digest: bool = True
    quiet_from: time = time(20, 0)
    quiet_until: time = time(7, 0)
    quiet_weekend: bool = False
    #: Kind → delivery, where the person chose another than the usual one.
    choices: Mapping[str, Delivery] = field(default_factory=dict)


USUAL = Settings()


def delivery(kind: Kind, settings: Settings) -> Delivery:
    """How a notice of this kind reaches a person with these settings; what may not be ended goes at once."""
    if not kind.is_optional:
        return kind.usual
    chosen = settings.choices.get(kind.key, kind.usual)
    return Delivery.HERE if chosen is Delivery.DIGEST and not settings.digest else chosen


def is_quiet(local: datetime, settings: Settings) -> bool:
    """Whether a wall time lies in the quiet hours, or in a weekend that is to be quiet."""
    return quiet_until(local, settings) != local


def quiet_until(local: datetime, settings: Settings) -> datetime:
    """The first wall time from `local` on at which a mail may leave; `local` itself outside the quiet hours."""
    found = local
    for _night in range(4):  # a quiet night can lead into a quiet weekend, and that into a night
        following = _after_night(found, settings)
        if settings.quiet_weekend and following.weekday() >= SATURDAY:
            monday = following.date() + timedelta(days=7 - following.weekday())
            following = datetime.combine(monday, settings.quiet_until, local.tzinfo)
        if following == found:
            break
        found = following
    return found


def _after_night(local: datetime, settings: Settings) -> datetime:
    """The end of the quiet hours a wall time lies in; hours from 20.00 to 07.00 lie on both sides of midnight."""
    begins, ends, at = settings.quiet_from, settings.quiet_until, local.time()
    over_midnight = begins > ends
    inside = at >= begins or at < ends if over_midnight else begins <= at < ends
    if not inside:
        return local
    on = local.date() + timedelta(days=1 if over_midnight and at >= begins else 0)
    return datetime.combine(on, ends, local.tzinfo)


def may_wait(due_on: date | None, today: date) -> bool:
    """Whether a mail may wait for the end of the quiet hours; what is due today may not."""
    return due_on is None or due_on > today


class DayKind(StrEnum):
    """What a day of the calendar is for the daily mail."""

    WORKING = "working"
    HALF = "half"
    REST = "rest"


@dataclass(frozen=True)
class DigestPlan:
    """When the daily mail of a day leaves; on a rest day only to people with something due until `due_until`."""

    at: time
    due_until: date | None = None


def digest_plan(today: DayKind, next_working_day: date) -> DigestPlan:
    """The daily mail of a day: everything on working days, only what cannot wait on rest days."""
    if today is DayKind.WORKING:
        return DigestPlan(DIGEST_AT)
    if today is DayKind.HALF:
        return DigestPlan(DIGEST_AT_HALF_DAY)
    return DigestPlan(DIGEST_AT, next_working_day)


def path_in(path: str, lang: str) -> str:
    """A stored path in another language of the platform; neutral paths stay as they are."""
    head, rest = path[:4], path[4:]
    return f"/{lang}/{rest}" if head in ("/tr/", "/en/") else path
