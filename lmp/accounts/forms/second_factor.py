"""What people type about their second factor."""

from wtforms import HiddenField, StringField

from lmp.web.forms import AtMost, Filled, Form, OnceForm, _l, tidy

_ONE_TIME = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class SecondStepForm(Form):
    """The code after the password; `next` leads back to where the wall stood."""

    code = StringField(
        _l("Code"),
        description=_l("Six digits from your authenticator app. Without your phone: one of your recovery codes."),
        filters=[tidy],
        validators=[Filled(_l("Write the code that the app shows.")), AtMost(40)],
        render_kw=_ONE_TIME,
    )
    next = HiddenField()


class AppForm(Form):
    """The first code of an app that is being set up; `offer` is its sealed secret."""

    offer = HiddenField()
    code = StringField(
        _l("Code that the app shows"),
        filters=[tidy],
        validators=[Filled(_l("Write the six digits that the app shows.")), AtMost(40)],
        render_kw={**_ONE_TIME, "inputmode": "numeric"},
    )


class PasskeyAnswerForm(Form):
    """What the browser answered to the page's challenge."""

    answer = HiddenField()
    challenge = HiddenField()
    next = HiddenField()
    typed = HiddenField()


class NewPasskeyForm(OnceForm):
    """A new passkey with its name."""

    answer = HiddenField()
    challenge = HiddenField()
    name = StringField(
        _l("Name of the passkey"),
        description=_l("So that you recognise it later, for example “Work phone”."),
        filters=[tidy],
        validators=[Filled(_l("Give the passkey a name, for example the device it is on.")), AtMost(60)],
        render_kw={"autocomplete": "off"},
    )


class PasskeyNameForm(Form):
    """Another name for a passkey."""

    name = StringField(
        _l("Name of the passkey"),
        filters=[tidy],
        validators=[Filled(_l("Give the passkey a name, for example the device it is on.")), AtMost(60)],
        render_kw={"autocomplete": "off"},
    )
