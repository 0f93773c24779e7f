"""What the texts and values of a course are called where two of its states stand beside each other."""

from collections.abc import Mapping, Sequence

from lmp.content import question_words
from lmp.core.messages import N_, Message

#: What only programs read.
UNREAD = frozenset({"ask", "format", "id", "key", "kind", "origin", "translation"})
#: What names outcomes or fields by their keys.
KEYED = frozenset({"fields", "outcome", "outcomes"})
_OPTION, _ANSWER, _STEP = N_("Option"), N_("Answer"), N_("Step")
#: The end of a text's place → what people call it; the longer end wins. Stars stand for the number or key of a row.
_NAMES = {
    "absence_share": N_("Largest absence, as a share of the days"),
    "accept": N_("Accepted answers"),
    "alt": N_("Alternative text"),
    "attempts": N_("Tries"),
    "audience": N_("For whom"),
    "body": N_("Text"),
    "caption": N_("Caption"),
    "captions": N_("Captions"),
    "centre": N_("Centre"),
    "correct": N_("Right answer"),
    "day": N_("Day"),
    "definition": N_("Explanation of the term"),
    "difficulty": N_("Difficulty"),
    "document": N_("Kind of document"),
    "draw": N_("Questions drawn"),
    "end": N_("End"),
    "example": N_("Values still to be confirmed"),
    "excused": N_("Excuses that do not count as absence"),
    "explanation": N_("Explanation"),
    "fields": N_("Fields"),
    "file": N_("File"),
    "grace_days": N_("Days to complete after the last day"),
    "hazard": N_("Hazards"),
    "items.*.text": _STEP,
    "left": N_("Left side"),
    "lesson_minutes": N_("A lesson hour on the certificate, minutes"),
    "levels.*.text": N_("What is seen"),
    "licence": N_("Licence"),
    "minutes": N_("Minutes"),
    "minutes.meeting": N_("Face-to-face training, minutes"),
    "minutes.online": N_("Distance learning, minutes"),
    "minutes.practical": N_("Practical test, minutes"),
    "minutes.workplace": N_("On-the-job training, minutes"),
    "must": N_("Critical step"),
    "note": N_("Note"),
    "notes": N_("Remarks for those who write and review"),
    "options.*.text": _OPTION,
    "others.*.text": N_("Answer without a match"),
    "outcome": N_("Outcome"),
    "outcomes": N_("Outcomes"),
    "partial": N_("An answer that is right in part counts in part"),
    "pass": N_("Pass mark"),
    "pass_mark": N_("Pass mark"),
    "per_outcome": N_("Questions for each outcome"),
    "photos": N_("Photos"),
    "place": N_("Place"),
    "points": N_("Points"),
    "policy.practical": N_("The practical test must be passed"),
    "prompt": N_("Question"),
    "quiz.minutes": N_("Minutes for one try"),
    "regulated": N_("Legal remark"),
    "review": N_("Right answers and explanations are shown"),
    "right": N_("Right side"),
    "shape": N_("What the course mainly is"),
    "slug": N_("Short name"),
    "source": N_("Language of the course"),
    "sources.*.title": N_("Standard, law or book"),
    "start": N_("Beginning"),
    "strands.meeting": N_("Face-to-face training, minutes"),
    "strands.online": N_("Distance learning, minutes"),
    "strands.practical": N_("Practical test, minutes"),
    "strands.workplace": N_("On-the-job training, minutes"),
    "summary": N_("In brief"),
    "tasks.*.text": N_("What is to be done"),
    "term": N_("Term"),
    "test.minutes": N_("Time limit, minutes"),
    "text": N_("Text"),
    "title": N_("Title"),
    "tolerance": N_("Tolerance"),
    "tone": N_("Kind of note"),
    "topic": N_("Topic"),
    "transcript": N_("Transcript"),
    "unit": N_("Unit of measure"),
    "use": N_("Where it is asked"),
    "value": N_("Right number"),
    "why": N_("Reason"),
    "you": N_("Outcome as the course page says it"),
}
_OTHER = Message(N_("Other"))
_VALUES: Mapping[str, Mapping[str, str]] = {
    "document": {
        "completion": N_("Certificate of completed training"),
        "course": N_("Course certificate"),
        "seminar": N_("Seminar certificate"),
    },
    "excused": {"report": N_("Medical report"), "leave": N_("On leave"), "duty": N_("On official duty")},
    "review": {
        "each": N_("After each try"),
        "last": N_("After the last try"),
        "closed": N_("When answers count no more"),
    },
    "shape": {
        "workplace": N_("On-the-job training"),
        "meeting": N_("Face-to-face training"),
        "online": N_("Distance learning"),
    },
    "source": {"tr": N_("Turkish"), "en": N_("English")},
    "tone": {"safety": N_("Safety"), "tip": N_("Tip")},
}
_WORDS: Mapping[str, Mapping[str, Message]] = {
    "difficulty": question_words.DIFFICULTIES,
    "use": {name: words for name, (words, _hint) in question_words.USES.items()},
}
_FLAGS = {"yes": Message(N_("yes")), "no": Message(N_("no"))}


def label(place: Sequence[str]) -> Message:
    """What people call the text at a place of a thing."""
    last = place[-1] if place else ""
    ends = (f"{place[-3]}.*.{last}" if len(place) > 2 else "", ".".join(place[-2:]), last)
    return next((Message(_NAMES[end]) for end in ends if end in _NAMES), _OTHER)


def value(field: str, text: str) -> Message | None:
    """A value that has no language in words, if there are any for it."""
    known = _VALUES.get(field, {}).get(text)
    return Message(known) if known else _WORDS.get(field, {}).get(text) or _FLAGS.get(text)
