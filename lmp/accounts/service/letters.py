"""What people are told about their account by e-mail; each letter asks to act, so it goes at once."""

from datetime import date

from lmp.accounts.models import Delegation, Person
from lmp.core import addresses, mail


def _link(token: str, lang: str) -> str:
    """The one-time link, read in the language of the letter around it."""
    return f"{addresses.link(token)}?lang={lang}"


def registration(email: str, lang: str, token: str) -> None:
    """To an address that nobody uses: go on with the registration."""
    mail.queue("accounts/registration", to=("", email), lang=lang, address=_link(token, lang))


def known(who: Person) -> None:
    """To somebody who has an account already and began to register again."""
    mail.queue(
        "accounts/known",
        to=(who.name, who.email),
        lang=who.lang,
        name=who.name,
        sign_in=addresses.to("accounts.sign_in", lang=who.lang),
        address=addresses.to("accounts.forgotten", lang=who.lang),
    )


def invited(who: Person, inviter: str, token: str, last_day: date) -> None:
    """To somebody for whom an account is ready."""
    mail.queue(
        "accounts/invited",
        to=(who.name, who.email),
        lang=who.lang,
        name=who.name,
        inviter=inviter,
        address=_link(token, who.lang),
        last_day=last_day,
    )


def reset(who: Person, token: str) -> None:
    """A way to a new password."""
    mail.queue("accounts/reset", to=(who.name, who.email), lang=who.lang, name=who.name, address=_link(token, who.lang))


def unknown(email: str, lang: str, register: bool) -> None:
    """To an address that nobody uses, for which a password was asked."""
    mail.queue(
        "accounts/unknown",
        to=("", email),
        lang=lang,
        email=email,
        register=register,
        address=addresses.to("accounts.register", lang=lang),
    )


def password_changed(who: Person) -> None:
    """The password is another one now; who did not do this must act."""
    mail.queue(
        "accounts/password_changed",
        to=(who.name, who.email),
        lang=who.lang,
        name=who.name,
        address=addresses.to("accounts.forgotten", lang=who.lang),
    )


def new_address(who: Person, email: str, token: str) -> None:
    """To the address that is to be used from now on: confirm it."""
    mail.queue(
        "accounts/new_address", to=(who.name, email), lang=who.lang, name=who.name, address=_link(token, who.lang)
    )


def address_asked(who: Person, email: str) -> None:
    """To the address in use: somebody asked to change it."""
    mail.queue(
        "accounts/address_asked",
        to=(who.name, who.email),
        lang=who.lang,
        name=who.name,
        new=email,
        address=addresses.to("accounts.forgotten", lang=who.lang),
    )


def address_changed(who: Person, old: str) -> None:
    """To the address that was in use until now."""
    mail.queue("accounts/address_changed", to=(who.name, old), lang=who.lang, name=who.name, new=who.email)


def delegation_offered(one: Delegation, giver: Person, email: str, lang: str) -> None:
    """To an address, used by an account or not: somebody asks its owner to decide for them for a time."""
    mail.queue(
        "accounts/delegation_offered",
        to=("", email),
        lang=lang,
        giver=giver.name,
        span=(one.from_on, one.until_on),
        address=addresses.to("accounts.delegations", lang=lang),
        register=addresses.to("accounts.register", lang=lang),
        email=email,
    )


def delegation_accepted(one: Delegation, who: Person) -> None:
    """To the giver: from when until when the other decides for them."""
    giver = one.person
    mail.queue(
        "accounts/delegation_accepted",
        to=(giver.name, giver.email),
        lang=giver.lang,
        name=giver.name,
        other=who.name,
        span=(one.from_on, one.until_on),
        address=addresses.to("accounts.delegations", lang=giver.lang),
    )


def delegation_ended(one: Delegation, reader: Person, by_name: str) -> None:
    """To the other of the two: it ended at once."""
    mail.queue(
        "accounts/delegation_ended",
        to=(reader.name, reader.email),
        lang=reader.lang,
        name=reader.name,
        by_name=by_name,
        span=(one.from_on, one.until_on),
        address=addresses.to("accounts.delegations", lang=reader.lang),
    )
