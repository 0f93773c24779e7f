"""The table of what was measured."""

from collections.abc import Mapping

from tests.bench.meter import Measured

GOAL = 2.0


def show(engine: str, found: Mapping[int, Mapping[str, Measured]], unit: str) -> None:
    """One line a page, sizes in some `unit` beside each other; an exclamation mark where the goal is missed."""
    sizes = list(found)
    print(f"\n{engine:<22}" + "".join(f"{f'{size:,} {unit}':>34}" for size in sizes) + f"{'growth':>9}")
    print(f"{'':<22}" + f"{'CPU ms':>9}{'queries':>9}{'kB':>8}{'× floor':>8}" * len(sizes))
    for name in found[sizes[0]]:
        line = f"{name:<22}"
        for size in sizes:
            one = found[size][name]
            mark = "!" if one.ratio > GOAL else " "
            line += f"{one.ms:>9.2f}{one.queries:>9}{one.size / 1024:>8.1f}{one.ratio:>7.2f}{mark}"
        growth = found[sizes[-1]][name].ms / found[sizes[0]][name].ms
        print(f"{line}{growth:>8.2f}×")
    apart = [one.apart for one in found[sizes[0]].values() if any(one.apart)]
    if apart:
        print(f"signing in: without Argon2, which costs {sorted(apart[0])[len(apart[0]) // 2]:.1f} ms wherever it runs")
