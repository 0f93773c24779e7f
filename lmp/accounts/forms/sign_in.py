"""The sign-in form."""

from wtforms import HiddenField, PasswordField, StringField

from lmp.web.forms import Filled, Form, _l, tidy


class SignInForm(Form):
    """Address and password; `next` leads back to where the wall stood, `typed` is a form that waits behind it."""

    email = StringField(
        _l("E-mail"),
        filters=[tidy],
        validators=[Filled(_l("Write your e-mail address."))],
        render_kw={"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[Filled(_l("Write your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    typed = HiddenField()
