"""What people type to get an account or a new password."""

from wtforms import HiddenField, PasswordField, StringField

from lmp.accounts import rules
from lmp.web.forms import AtMost, Filled, Form, OnceForm, _l, tidy

EMAIL_KEYS = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}


class AskForm(Form):
    """An address that gets a link; `next` is the page the person came from."""

    email = StringField(
        _l("E-mail"),
        filters=[tidy],
        validators=[Filled(_l("Write your e-mail address.")), AtMost(254)],
        render_kw=EMAIL_KEYS,
    )
    next = HiddenField()


class PasswordForm(Form):
    """A new password."""

    password = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(n)s characters. A few words in a row are easy to remember and hard to guess.",
            n=rules.SHORTEST_PASSWORD,
        ),
        validators=[Filled(_l("Choose a password."))],
    )


class AccountForm(OnceForm):
    """How somebody is called, and the password of their new account."""

    name = StringField(
        _l("Name and surname"),
        description=_l("As it should stand on your certificates."),
        filters=[tidy],
        validators=[Filled(_l("Write your name and surname.")), AtMost(rules.LONGEST_NAME)],
        render_kw={"autocomplete": "name"},
    )
    password = PasswordField(
        _l("Password"),
        description=_l(
            "At least %(n)s characters. A few words in a row are easy to remember and hard to guess.",
            n=rules.SHORTEST_PASSWORD,
        ),
        validators=[Filled(_l("Choose a password."))],
    )
