"""Many hands that act at the same moment."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Sequence

#: Every race is run this often: twice in the suite, more often by `make races`.
ROUNDS = range(int(os.environ.get("LMP_RACES", "2")))


def at_once(acts: Sequence[Callable[[], str]]) -> Counter[str]:
    """Let every hand do its act in the same moment; answers what came of it, how often."""
    barrier, outcomes = threading.Barrier(len(acts)), ["no answer"] * len(acts)

    def run(hand: int) -> None:
        barrier.wait(timeout=60)
        try:
            outcomes[hand] = acts[hand]()
        except Exception as failure:  # noqa: BLE001 - whatever happens to a hand is what the test looks at
            outcomes[hand] = f"{type(failure).__name__}: {failure}"

    threads = [threading.Thread(target=run, args=(hand,)) for hand in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return Counter(outcomes)
