"""Routes whose address is built by code that is compiled at its first use."""

from collections.abc import Callable

from werkzeug.routing import Rule


class PatientRule(Rule):
    """A route like Werkzeug's, which compiles two functions a route although most processes never need most of them.

    Two hundred routes compiled at once are nine tenths of the time that an application takes to start.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        """The function that builds the address; at first one that puts the compiled one in its place."""

        def build(_rule: Rule, **values: object) -> tuple[str, str]:
            made = super(PatientRule, self)._compile_builder(append_unknown).__get__(self, None)
            setattr(self, "_build_unknown" if append_unknown else "_build", made)
            return made(**values)  # type: ignore[no-any-return]  # a bound function keeps its type only outside of `__get__`

        return build
