"""What whoever opens a new network does first: said on Bugün until the first run is opened."""

from flask import url_for

from lmp.core import mail
from lmp.core.messages import N_, Message
from lmp.journey import beginning
from lmp.journey.views.cards import Row


def of_the_network() -> list[Row]:
    """Mail, coordinators, reviewers, the first run: those that are still missing, in the order in which they are needed."""
    begun = beginning.how_far()
    if begun.has_run:
        return []
    steps = [
        (mail.leaves(), _mail()),
        (begun.has_coordinator, _coordinators()),
        (begun.has_course, _reviewers()),
        (False, _first_run()),
    ]
    return [step for done, step in steps if not done]


def of_a_centre() -> list[Row]:
    """A centre without an open run: its companies, then a run."""
    return [
        Row(
            Message(N_("Open a run of a course")),
            url_for("enrolment.open_run"),
            [Message(N_("Choose course, dates and seats; teachers can apply from the day you name."))],
            state="not_started",
            act=Message(N_("Open a run")),
        ),
        Row(
            Message(N_("Record the companies you work with")),
            url_for("network.partners"),
            [Message(N_("Their workplaces and mentors are needed before on-the-job training begins."))],
            state="not_started",
        ),
    ]


def _mail() -> Row:
    return Row(
        Message(N_("Mails do not leave yet")),
        url_for("notice.mails"),
        [Message(N_("Invitations wait here until the technical team sets a mail server."))],
        state="alert",
        act=Message(N_("See the mails")),
    )


def _coordinators() -> Row:
    return Row(
        Message(N_("Name the coordinators of the centres")),
        url_for("accounts.bulk"),
        [Message(N_("They record companies, open runs and invite their trainers. One file invites all of them."))],
        state="not_started",
        act=Message(N_("Invite people")),
    )


def _reviewers() -> Row:
    return Row(
        Message(N_("Have the courses reviewed")),
        url_for("accounts.bulk"),
        [Message(N_("A trainer of the centre reviews the draft and publishes it. Invite trainers who can."))],
        state="not_started",
        act=Message(N_("Invite people")),
    )


def _first_run() -> Row:
    return Row(
        Message(N_("The first run")),
        url_for("enrolment.runs"),
        [Message(N_("A coordinator opens it once a course is published; it then stands among the runs."))],
        state="not_started",
        act=Message(N_("See the runs")),
    )
