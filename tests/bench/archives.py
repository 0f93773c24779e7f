"""What the door for archives costs: the slowest of the hostile ones, and the most memory any of them needs.

`python -m tests.bench.authors` prints it below its tables. CPU seconds and the most megabytes beyond what a sound course needs.
"""

import tempfile
from pathlib import Path

from tests.content.hostile import HOSTILE
from tests.content.refused import tried


def main() -> None:
    """Try every hostile archive in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="lmp-bench-") as beside:
        found = tried(Path(beside))
    slowest = max(found, key=lambda name: found[name].seconds)
    largest = max(found, key=lambda name: found[name].megabytes)
    print(
        f"\n{len(HOSTILE)} hostile archives: slowest {slowest} {found[slowest].seconds * 1000:.0f} ms of CPU, "
        f"most memory {largest} {found[largest].megabytes:.1f} MB"
    )
