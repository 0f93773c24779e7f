"""Documents in their JSON form, copied and compared quickly; what two of them share is never looked into twice."""

from typing import Any


def copied(value: Any) -> Any:
    """A copy whose mappings and lists are its own; texts and numbers never change and are shared."""
    if isinstance(value, dict):
        return {key: copied(inner) if isinstance(inner, dict | list) else inner for key, inner in value.items()}
    if isinstance(value, list):
        return [copied(inner) if isinstance(inner, dict | list) else inner for inner in value]
    return value


def is_same(one: object, another: object) -> bool:
    """Whether two values are equal and of the same types throughout: 1 is neither true nor 1.0, nor -0.0 the same as 0.0."""
    if one is another:
        return True
    if type(one) is not type(another):
        return False
    if isinstance(one, dict) and isinstance(another, dict):
        return one.keys() == another.keys() and all(
            value is (other := another[key]) or is_same(value, other) for key, value in one.items()
        )
    if isinstance(one, list) and isinstance(another, list):
        return len(one) == len(another) and all(map(is_same, one, another))
    return one == another and (not isinstance(one, float) or repr(one) == repr(another))
