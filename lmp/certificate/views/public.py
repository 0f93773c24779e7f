"""Verification: anybody, without an account, valid, revoked or unknown in words."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lmp.accounts import rules as account_rules
from lmp.accounts import service as accounts
from lmp.certificate import codes, record, service
from lmp.certificate.forms import KIND_WORDS
from lmp.certificate.models import Certificate
from lmp.certificate.views.blueprints import bp, neutral
from lmp.core import clock
from lmp.core.messages import N_, Message
from lmp.web import pages

DOCUMENTS: dict[record.Kind, Message] = {
    record.Kind.COMPLETION: Message(N_("Certificate of completed training")),
    record.Kind.COURSE: Message(N_("Course certificate")),
    record.Kind.SEMINAR: Message(N_("Seminar certificate")),
}
_LIMIT = "verification"


@bp.get("/verify")
@pages.public
def verify() -> ResponseReturnValue:
    """Where a code is typed; a typed one leads to its own address."""
    typed = codes.normalise(request.args.get("code", ""))
    if typed:
        return redirect(url_for("certificate_neutral.show", code=typed[:40]))
    return pages.render("certificate/verify.html")


@neutral.get("/v/<code>")
@pages.public
def show(code: str) -> ResponseReturnValue:
    """The public answer about a code. Wrong codes are counted per place, so that codes cannot be guessed."""
    place = request.remote_addr or ""
    accounts.check_limit(_LIMIT, place, account_rules.VERIFY_PER_PLACE)
    found = service.find_by_code(code)
    if found is None:
        accounts.count_attempt(_LIMIT, place, account_rules.VERIFY_PER_PLACE)
        return pages.render("certificate/unknown.html", typed=codes.grouped(codes.normalise(code)[:40])), 404
    return _answer(found)


def _answer(found: Certificate) -> str:
    frozen = record.parse(found.record.encode())
    return pages.render(
        "certificate/answer.html",
        certificate=found,
        record=frozen,
        document=DOCUMENTS[frozen.kind],
        kind_words=KIND_WORDS.get(found.revocation_kind) if found.revocation_kind else None,
        replacement=service.replacement_of(found) if found.revoked_at else None,
        parts=strand_parts(frozen),
        now=clock.local(clock.now()),
        revoked_on=clock.local(found.revoked_at).date() if found.revoked_at else None,
        standing=record.standing(frozen.kind, frozen.activity_no),
    )


def strand_parts(frozen: record.CertificateRecord) -> list[dict[str, object]]:
    """The frozen minutes as a strand bar; everything in it was earned."""
    return [{"key": one.key, "planned": one.earned, "earned": one.earned} for one in frozen.strands if one.earned]
