"""What the tables that hold personal data are called on the screen; a guard keeps the list complete."""

from lmp.core.messages import N_, Message
from lmp.privacy.rules import Kind, State

TABLES: dict[str, Message] = {
    "act_as": Message(N_("Looks through your eyes for support")),
    "answer": Message(N_("Answers to checks and quizzes")),
    "approval_step": Message(N_("Decisions on applications")),
    "attendance": Message(N_("Attendance face to face")),
    "audit_entry": Message(N_("Record of acts")),
    "audit_head": Message(N_("End of the seal chain")),
    "authenticator_app": Message(N_("Authenticator app")),
    "bank_question": Message(N_("Authors of questions kept in the bank")),
    "batch": Message(N_("Batches of certificates")),
    "bulk_invitation": Message(N_("Invitations from a file")),
    "certificate": Message(N_("Certificates")),
    "course_version": Message(N_("Authors and reviewers of courses")),
    "data_request": Message(N_("Requests about personal data")),
    "day_entry": Message(N_("Days of the log")),
    "delegation": Message(N_("Decisions handed over for a time")),
    "destruction": Message(N_("Log of destruction")),
    "draft": Message(N_("Authors of drafts")),
    "enrolment": Message(N_("Applications and participation")),
    "enrolment_move": Message(N_("History of applications")),
    "file": Message(N_("Files and photos")),
    "half_day": Message(N_("Half days taught")),
    "interest": Message(N_("Trainings to hear about")),
    "kept_form": Message(N_("Forms kept while a session ended")),
    "ledger_head": Message(N_("Order of the minutes")),
    "mail": Message(N_("Sent messages")),
    "mentor_contact": Message(N_("Mentors")),
    "minute_entry": Message(N_("Recorded minutes")),
    "minute_total": Message(N_("Sums of minutes")),
    "notice": Message(N_("Notices")),
    "notice_digest": Message(N_("Daily mails")),
    "notice_settings": Message(N_("Choices about notices")),
    "one_time_link": Message(N_("One-time links")),
    "passkey": Message(N_("Passkeys")),
    "person": Message(N_("Account")),
    "placement": Message(N_("Places on the job")),
    "practical_test": Message(N_("Practical tests")),
    "quiz_attempt": Message(N_("Quiz results")),
    "quiz_extension": Message(N_("Extra tries and time at quizzes")),
    "recovery_code": Message(N_("Recovery codes")),
    "presence": Message(N_("Who has a unit of a draft open")),
    "review": Message(N_("Reviews of courses")),
    "review_comment": Message(N_("Comments on drafts")),
    "revision": Message(N_("Authors of revisions")),
    "role_grant": Message(N_("Roles")),
    "run_duty": Message(N_("Duties in runs")),
    "run_message": Message(N_("Messages written to participants")),
    "run_message_reader": Message(N_("Messages received")),
    "search_word": Message(N_("Words by which people are found")),
    "sent_week": Message(N_("Weeks sent for confirmation")),
    "sign_in": Message(N_("Sessions")),
    "staff_note": Message(N_("Staff notes")),
    "test_day": Message(N_("Days of practical tests")),
    "withdrawn_confirmation": Message(N_("Confirmations that were taken back")),
}

#: What stands where no text asks for a period.
EXAMPLE = Message(N_("Example setting"))

KINDS = {
    Kind.DOWNLOAD: Message(N_("Download of my data")),
    Kind.CORRECTION: Message(N_("Correction")),
    Kind.ERASURE: Message(N_("Erasure")),
}
STATES = {
    State.OPEN: Message(N_("Waiting for an answer")),
    State.DONE: Message(N_("Done")),
    State.REFUSED: Message(N_("Refused")),
}
README_HEAD = Message(
    N_(
        "Everything this platform holds about you. data.json says for each table why it is kept and for how long; the folder tables holds the same rows for spreadsheets; certificates and files hold your documents and photos. What opens something, such as passwords and keys, is left out."
    )
)


def table(name: str) -> Message:
    """The words for a table."""
    return TABLES.get(name) or Message(name.replace("%", "%%"))
