"""What changed between two states of a document as a JSON patch (RFC 6902), so that every state can be kept and found again."""

from collections.abc import Iterator
from typing import Any

import jsonpatch

from lmp.content.editing.exact import is_same
from lmp.content.editing.places import Raw

Step = dict[str, Any]
Patch = list[Step]


def difference(before: Raw, after: Raw) -> Patch | None:
    """The steps from one state to the other; None where no sure way was found and the whole state must be kept."""
    patch = list(_steps(before, after, ""))
    return patch if is_same(apply(before, patch), after) else None


def apply(document: Raw, patch: Patch) -> Raw:
    """The state after the steps; the given one stays as it is, and what no step touches is shared with it."""
    changed: Raw = dict(document)
    for step in patch:
        for name in ("path", "from"):
            _own(changed, _parts(step.get(name, "")))
        changed = jsonpatch.apply_patch(changed, [step], in_place=True)
    return changed


def _parts(pointer: str) -> list[str]:
    """The keys and places that lead to a thing, without its own."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:-1]]


def _own(value: Any, parts: list[str]) -> None:
    """Copy every mapping and list on the way, so that a step changes nothing that others see."""
    for part in parts:
        key = int(part) if isinstance(value, list) else part
        value[key] = value[key].copy()
        value = value[key]


def _steps(before: Any, after: Any, path: str) -> Iterator[Step]:
    """The steps at and below one place."""
    if is_same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_mapping(before, after, path)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_list(before, after, path)
    else:
        yield {"op": "replace", "path": path, "value": after}


def _of_mapping(before: Raw, after: Raw, path: str) -> Iterator[Step]:
    """What goes, what comes, what is another."""
    for key in before:
        below = f"{path}/{key.replace('~', '~0').replace('/', '~1')}"
        if key not in after:
            yield {"op": "remove", "path": below}
        else:
            yield from _steps(before[key], after[key], below)
    for key in after:
        if key not in before:
            below = f"{path}/{key.replace('~', '~0').replace('/', '~1')}"
            yield {"op": "add", "path": below, "value": after[key]}


def _of_list(before: list[Any], after: list[Any], path: str) -> Iterator[Step]:
    """What lies between the elements that both lists begin and end with: one moved, as many changed, or others in their place."""
    first = _common(before, after)
    last = _common(before[first:][::-1], after[first:][::-1])
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    end = first + len(old) - 1
    if len(old) == len(new) > 1 and is_same([*old[1:], old[0]], new):
        yield {"op": "move", "from": f"{path}/{first}", "path": f"{path}/{end}"}
    elif len(old) == len(new) > 1 and is_same([old[-1], *old[:-1]], new):
        yield {"op": "move", "from": f"{path}/{end}", "path": f"{path}/{first}"}
    elif len(old) == len(new):
        for place, pair in enumerate(zip(old, new, strict=True), first):
            yield from _steps(*pair, f"{path}/{place}")
    else:
        yield from ({"op": "remove", "path": f"{path}/{place}"} for place in range(end, first - 1, -1))
        yield from ({"op": "add", "path": f"{path}/{place}", "value": one} for place, one in enumerate(new, first))


def _common(one: list[Any], another: list[Any]) -> int:
    """How many elements two lists begin with alike."""
    pairs = zip(one, another, strict=False)
    return next((place for place, pair in enumerate(pairs) if not is_same(*pair)), min(len(one), len(another)))
