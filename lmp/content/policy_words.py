"""What the parts of a completion policy are called, wherever one is written: in a course and in a run."""

from collections.abc import Mapping

from lmp.content.policy import Excuse, Strand
from lmp.core.messages import N_, Message

STRANDS: Mapping[Strand, Message] = {
    "online": Message(N_("Distance learning, minutes")),
    "meeting": Message(N_("Face-to-face training, minutes")),
    "workplace": Message(N_("On-the-job training, minutes")),
    "practical": Message(N_("Practical test, minutes")),
}
ABSENCE = Message(N_("Largest absence, per cent"))
ABSENCE_HINT = Message(N_("Of the planned days. 20 means one fifth."))
EXCUSED = Message(N_("Excuses that do not count as absence"))
EXCUSES: Mapping[Excuse, Message] = {
    "report": Message(N_("Medical report")),
    "leave": Message(N_("On leave")),
    "duty": Message(N_("On official duty")),
}
GRACE = Message(N_("Days to complete after the last day"))
GRACE_HINT = Message(N_("How long missing work may still be handed in."))
PRACTICAL = Message(N_("The practical test must be passed"))
PASS_MARK = Message(N_("Pass mark of the practical test"))
DOCUMENT = Message(N_("Kind of document"))
DOCUMENTS: Mapping[str, Message] = {
    "completion": Message(N_("Certificate of completed training")),
    "course": Message(N_("Course certificate")),
    "seminar": Message(N_("Seminar certificate")),
}
DOCUMENT_HINT = Message(N_("The names “kurs belgesi” and “seminer belgesi” need a MEBBİS activity number."))
LESSON = Message(N_("A lesson hour on the certificate, minutes"))
CONFIRMED = Message(N_("I have compared these values with the rules in force"))
