"""What somebody meets whose session ended: the way in, with what they typed waiting behind it."""

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.accounts import service
from lmp.accounts.forms.sign_in import SignInForm
from lmp.accounts.views.sign_in import sign_in_page
from lmp.web import signin, typed


def wall() -> ResponseReturnValue:
    """Lead to the sign-in page; a form that was sent waits there, sealed, until its owner is back."""
    here = request.full_path.rstrip("?")
    fields = typed.fields()
    if not fields:
        return redirect(url_for("accounts.sign_in", next=here if request.method == "GET" else None))
    owner = service.owner_of(signin.last_token())
    form = SignInForm(formdata=None, data={"typed": typed.seal(here, fields, str(owner or "")), "next": here})
    form.status = 401
    answer = make_response(sign_in_page(form, waiting=True, action=url_for("accounts.sign_in")))
    answer.headers["Cache-Control"] = "no-store"
    return answer
