"""Branch and school, declared by the teacher: the school is found among tens of thousands without script."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.access import Action
from lmp.accounts import service
from lmp.accounts.forms.profile import NONE, TeachingForm
from lmp.accounts.models import Person
from lmp.accounts.views.blueprint import bp
from lmp.accounts.views.onward import inside
from lmp.accounts.views.profile import oneself
from lmp.core.errors import NotFound, RuleBroken
from lmp.core.messages import N_, Message
from lmp.network import service as network
from lmp.network.models import School
from lmp.web import pages

SAVE = "save"


@bp.route("/profile/teaching", methods=["GET", "POST"])
@pages.needs(Action.KEEP_PROFILE)
def teaching() -> ResponseReturnValue:
    """Search and choose; only the button that saves writes."""
    who = oneself()
    form = _form(who)
    found = _search(form)
    offered = _offer(form, who, found)
    wish, searched = form.wish(), form.searched.data or ""
    form.searched.data = wish
    onward = inside(form.next.data) or url_for("journey.today" if form.new.data else "accounts.profile")
    if form.sent() and SAVE in request.form and wish == searched:
        try:
            service.profile.declare(who, branch_id=form.branch_id(), school_id=form.school_id(), by=pages.actor())
        except RuleBroken as broken:
            form.show(broken)
        else:
            pages.notify("ok", Message(N_("Branch and school are saved.")))
            return redirect(onward, 303)
    page = pages.render("accounts/teaching.html", form=form, found=found, where=_where(offered), onward=onward)
    return page, form.status


def _form(who: Person) -> TeachingForm:
    school = who.school
    form = TeachingForm(
        data={
            "branch": str(who.branch_id or ""),
            "province": str(school.province_code) if school else "",
            "school": str(who.school_id or "") or None,
            "next": request.args.get("next"),
            "new": request.args.get("new"),
        }
    )
    form.offer_branches(network.branches())
    form.offer_provinces(network.provinces())
    return form


def _search(form: TeachingForm) -> network.Found | None:
    return network.find_schools(form.words.data, form.province_code()) if form.words.data else None


def _offer(form: TeachingForm, who: Person, found: network.Found | None) -> dict[str, School]:
    """What was found, and before it the school that is chosen already."""
    chosen = _school(form.school_id()) or who.school
    offered: dict[str, School] = {str(chosen.id): chosen} if chosen else {}
    for one in found.schools if found else ():
        offered.setdefault(str(one.id), one)
    form.offer_schools(offered.values())
    if form.school.data not in (*offered, NONE):
        form.school.data = None
    return offered


def _school(school_id: UUID | None) -> School | None:
    """The school a browser sent, or None for one that does not exist or takes part no more."""
    try:
        found = network.school(school_id) if school_id else None
    except NotFound:
        return None
    return found if found is not None and found.closed_on is None else None


def _where(offered: dict[str, School]) -> dict[str, str]:
    """The second line of each offered school: where it is, and its code."""
    return {
        key: " · ".join(part for part in (f"{one.district.name}/{one.province.name}", one.code or "") if part)
        for key, one in offered.items()
    }
