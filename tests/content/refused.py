"""What becomes of an archive at the door, and what refusing it costs."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from lmp.config import ROOT
from lmp.content.files import read
from lmp.content.files.archive import unpacked
from lmp.core import messages
from lmp.core.archive import BadArchive
from tests.content.hostile import HOSTILE

#: Tries every archive of a folder: what was said, how long it took, and the most memory beyond what a sound course needs.
#: Linux hands the figure of getrusage on from the process that starts another, so the kernel's own peak is read.
_CHILD = """
import json, re, sys, time
from pathlib import Path
from tests.content.hostile import a_course
from tests.content.refused import refusal
def most(): return int(re.search("VmHWM:\\s*([0-9]+)", Path("/proc/self/status").read_text())[1]) / 1024
refusal(a_course())
before, found = most(), {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    began = time.process_time()
    with path.open("rb") as file:
        said = refusal(file)
    found[path.name] = [*said, time.process_time() - began, most() - before]
print(json.dumps(found))
"""


class Tried(NamedTuple):
    """The rule an archive breaks, the sentence about it, CPU seconds, and megabytes beyond what a sound course needs."""

    rule: str
    sentence: str
    seconds: float
    megabytes: float


def refusal(data: bytes | io.BufferedReader) -> tuple[str, str]:
    """The rule an archive breaks, and the sentence about it; both empty when it may come in."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    try:
        with unpacked(source) as folder:
            errors = [one for one in read(folder).problems if one.severity == "error"]
    except BadArchive as bad:
        return bad.rule, messages.text(bad.message, "en")
    return (errors[0].rule, f"{errors[0].file}: {messages.text(errors[0].message, 'en')}") if errors else ("", "")


def tried(beside: Path) -> dict[str, Tried]:
    """Every hostile archive, tried by a process of its own that has nowhere to write but one folder beside them."""
    folder, room = beside / "hostile", beside / "room"
    folder.mkdir()
    room.mkdir()
    for name, (_rule, _part, build) in HOSTILE.items():
        (folder / name).write_bytes(build())
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(room)}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert list(room.iterdir()) == [], "something was left behind"
    return {name: Tried(*found) for name, found in json.loads(done.stdout).items()}
