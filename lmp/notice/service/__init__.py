"""Telling people things, the daily mail, reminders, and what each person wants to hear."""

from lmp.core import jobs
from lmp.notice.service import digesting, reminding
from lmp.notice.service.choosing import change, settings_of
from lmp.notice.service.digesting import plan_of
from lmp.notice.service.inbox import notice, notices_of, read, read_all
from lmp.notice.service.outbox import MailState, failed_mails, mail_state, mails, outbox, send_again, written_mail
from lmp.notice.service.stopping import Stop
from lmp.notice.service.stopping import address as stop_address
from lmp.notice.service.stopping import end as end_mails
from lmp.notice.service.stopping import is_ended as mails_are_ended
from lmp.notice.service.stopping import read as read_stop
from lmp.notice.service.stopping import resume as resume_mails
from lmp.notice.service.stopping import words as stop_words
from lmp.notice.service.telling import tell
from lmp.notice.service.wiring import Due, Found, Reminder, Stoppable, Topic, Wiring, configure

#: What the worker runs for notices, by the name of the job.
JOBS: dict[str, jobs.Handler] = {digesting.JOB: digesting.make, reminding.JOB: reminding.make}
begin_digest = digesting.begin
begin_reminders = reminding.begin

__all__ = [
    "JOBS",
    "Due",
    "Found",
    "MailState",
    "Reminder",
    "Stop",
    "Stoppable",
    "Topic",
    "Wiring",
    "begin_digest",
    "begin_reminders",
    "change",
    "configure",
    "end_mails",
    "failed_mails",
    "mail_state",
    "mails",
    "mails_are_ended",
    "notice",
    "notices_of",
    "outbox",
    "plan_of",
    "read",
    "read_all",
    "read_stop",
    "resume_mails",
    "send_again",
    "settings_of",
    "stop_address",
    "stop_words",
    "tell",
    "written_mail",
]
