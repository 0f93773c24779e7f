"""Every act that the code records has words for the history of its record."""

import re

from lmp.audit.words import ACTS
from lmp.config import ROOT

_CALL = re.compile(r"audit\.record\(")
_ACT = re.compile(r'"([a-z_]+\.[a-z_]+)"')
#: How far behind the call its act stands, in characters.
_NEAR = 200


def _acts(source: str) -> set[str]:
    """The acts that a file records, as far as they are written out."""
    behind = (source[call.end() : call.end() + _NEAR].split(")\n", maxsplit=1)[0] for call in _CALL.finditer(source))
    return {act for text in behind for act in _ACT.findall(text)}


def test_every_recorded_act_has_words() -> None:
    acts = {act for path in (ROOT / "lmp").rglob("*.py") for act in _acts(path.read_text())}
    assert len(acts) > 30
    assert not sorted(acts - set(ACTS)), "give these words in lmp/audit/words.py"
