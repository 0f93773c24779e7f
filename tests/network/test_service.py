"""Keeping the network's records: who may, what is recorded, and two people at one record."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lmp.access import Actor
from lmp.audit import history
from lmp.audit.models import AuditEntry
from lmp.core import clock, db, keyed
from lmp.core.db import Bilingual
from lmp.core.errors import LmpError, NotFound, RuleBroken
from lmp.core.messages import Message
from lmp.network import service
from lmp.network.models import Branch, DayKind, FieldKind, Protocol, School
from lmp.network.rules import Standing
from lmp.network.service import lists
from tests.builders.accounts import (
    a_centre,
    a_centre_administrator,
    a_person,
    a_school,
    a_trainer,
    acting,
    an_approver,
    an_assessor,
)
from tests.builders.content import a_published_course
from tests.builders.enrolment import NOBODY, a_run
from tests.builders.network import a_protocol, the_network
from tests.builders.workplace import a_company, a_mentor, a_placement, a_workplace


def keeper(slug: str = "smm-ank-cezeri") -> Actor:
    return acting(a_centre_administrator(a_centre(slug)))


def told(**values: Any) -> dict[str, Any]:
    return {
        "name": "Demo Lisesi",
        "province_code": 6,
        "district_name": "Çankaya",
        "code": "",
        "office_email": "",
        **values,
    }


def test_a_changed_school_keeps_old_and_new_values_in_its_history(database: db.Scope) -> None:
    school, by = a_school("Eski Demo Lisesi"), the_network()
    service.change_school(
        school, seen=1, **told(name="Yeni Demo Lisesi", province_code=34, district_name="Kadıköy"), by=by
    )
    assert (school.version, school.province.name, school.district.name) == (2, "İstanbul", "Kadıköy")
    names = {name: Message(name) for name in ("name", "province_code", "district_id")}
    newest = history.history(school, words=history.Words(names)).lines[0]
    assert newest.who == by.name
    assert [(str(one.before), str(one.after)) for one in newest.changes] == [
        ("Eski Demo Lisesi", "Yeni Demo Lisesi"),
        ("Ankara", "İstanbul"),
        ("Etimesgut", "Kadıköy"),
    ]


def test_the_second_of_two_administrators_is_told_and_nothing_is_overwritten(database: db.Scope) -> None:
    school, by = a_school(), the_network()
    service.change_school(school, seen=1, **told(name="Birinci Demo"), by=by)
    with pytest.raises(service.Stale):
        service.change_school(school, seen=1, **told(name="İkinci Demo"), by=by)
    assert (school.name, school.version) == ("Birinci Demo", 2)


def test_saving_what_is_there_already_changes_nothing(database: db.Scope) -> None:
    school = a_school("Demo Lisesi")
    service.change_school(school, seen=1, **told(district_name="Etimesgut"), by=the_network())
    assert school.version == 1


def test_two_schools_never_share_an_institution_code(database: db.Scope) -> None:
    by = the_network()
    service.add_school(name="Bir Demo", province_code=6, district_name="Çankaya", code="111 222", by=by)
    with pytest.raises(RuleBroken) as refused:
        service.add_school(name="İki Demo", province_code=6, district_name="Çankaya", code="111222", by=by)
    assert refused.value.field == "code"
    other = a_school()
    with pytest.raises(RuleBroken):
        service.change_school(other, seen=1, **told(code="111222"), by=by)


def test_a_school_with_people_or_a_principal_is_closed_and_not_removed(database: db.Scope) -> None:
    by, school, led = the_network(), a_school(), a_school("Demo Müdürlüğü")
    a_person(school=school)
    an_approver(led)
    for used in (school, led):
        with pytest.raises(RuleBroken):
            service.remove_school(used, by=by)
    service.close_school(school, by=by)
    assert school.closed_on == clock.today()
    assert school not in service.schools()
    service.reopen_school(school, by=by)
    assert school in service.schools()


def test_a_school_entered_by_mistake_can_be_removed(database: db.Scope) -> None:
    school = a_school("Yanlış Demo Lisesi")
    service.remove_school(school, by=the_network())
    assert database.session.get(School, school.id) is None
    assert not list(lists.school_list("yanlis demo", {}).every())


def test_only_the_network_keeps_schools_fields_and_branches(database: db.Scope) -> None:
    by, school, branch = keeper(), a_school(), service.branches()[0]
    with pytest.raises(NotFound):
        service.change_school(school, seen=1, **told(), by=by)
    with pytest.raises(NotFound):
        service.change_branch(branch, seen=1, name="Başka", fields=[], by=by)
    with pytest.raises(NotFound):
        service.add_day(date(2027, 1, 2), kind=DayKind.LEAVE, name=Bilingual("İzin", "Leave"), by=by)


def test_a_branch_gets_fields_and_eligibility_follows(database: db.Scope) -> None:
    by, field = the_network(), service.field("bilisim")
    branch = service.branch("Elektrik-Elektronik Teknolojisi")
    kept = service.fields_by_branch([branch.id])[branch.id]
    service.change_branch(branch, seen=1, name=branch.name, fields=[*kept, field], by=by)
    assert field.id in service.fields_of_branch(branch.id)
    assert branch.version == 2
    line = history.history(branch).lines[0]
    assert "Bilişim Teknolojileri" in str(line.changes[0].after)
    service.change_branch(branch, seen=2, name=branch.name, fields=kept, by=by)
    assert field.id not in service.fields_of_branch(branch.id)


def test_a_branch_name_stands_once(database: db.Scope) -> None:
    by = the_network()
    with pytest.raises(RuleBroken):
        service.add_branch(name="Elektrik-Elektronik Teknolojisi", fields=[], by=by)
    made = service.add_branch(name="  Demo   branşı ", fields=[], by=by)
    with pytest.raises(RuleBroken):
        service.change_branch(made, seen=1, name="Elektrik-Elektronik Teknolojisi", fields=[], by=by)
    assert made.name == "Demo branşı"
    service.remove_branch(made, by=by)
    assert database.session.get(Branch, made.id) is None


def test_a_field_is_found_by_its_new_alias(database: db.Scope) -> None:
    field = service.fields()[0]
    codes = {"mtal_code": field.mtal_code or "", "mesem_code": field.mesem_code or "", "isced_f": field.isced_f}
    wanted = service.FieldDetails(name=field.name, aliases=["Bambaşka Ad", " ", "Bambaşka Ad"], **codes)
    service.change_field(field, wanted, seen=1, by=the_network())
    assert field.aliases == ["Bambaşka Ad"]
    assert [one.id for one in lists.field_list("bambaska", {}).every()] == [field.id]


def test_a_coordinator_changes_how_the_own_centre_is_reached_and_no_other(database: db.Scope) -> None:
    own, other, by = a_centre(), a_centre("smm-bur-oib"), keeper()
    contact = {
        "website": "https://cezeri.example/",
        "office_email": "merkez@cezeri.example",
        "office_phone": "0 312 000 00 00",
    }
    service.change_contact(own, seen=1, **contact, by=by)
    assert (own.website, own.office_email, own.version) == ("cezeri.example", "merkez@cezeri.example", 2)
    with pytest.raises(NotFound):
        service.change_contact(other, seen=1, **contact, by=by)


def test_a_day_of_the_calendar_is_added_changed_and_removed(database: db.Scope) -> None:
    by, on, leave = the_network(), date(2027, 5, 11), Bilingual("İdari izin", "Administrative leave")
    day = service.add_day(on, kind=DayKind.LEAVE, name=leave, by=by)
    with pytest.raises(RuleBroken):
        service.add_day(on, kind=DayKind.LEAVE, name=leave, by=by)
    service.change_day(day, seen=1, kind=DayKind.HALF_DAY, name=leave, by=by)
    assert service.calendar_between(on, on)[on].kind is DayKind.HALF_DAY
    assert [str(one.before) for one in history.history(day).lines[0].changes] == ["leave"]
    service.remove_day(day, by=by)
    assert not service.calendar_between(on, on)


def test_a_company_of_another_centre_is_out_of_reach(database: db.Scope) -> None:
    company, stranger = a_company(), keeper("smm-bur-oib")
    kept: dict[str, Any] = {"name": "Başka Demo", "kind": company.kind, "website": ""}
    with pytest.raises(NotFound):
        service.change_company(company, seen=1, **kept, by=stranger)
    with pytest.raises(NotFound):
        service.add_company(name="Yeni Demo", centre=a_centre(), by=stranger)
    with pytest.raises(NotFound):
        service.close_partner(company, by=stranger)


def test_a_trainer_sees_the_own_centres_companies_only(database: db.Scope) -> None:
    company, trainer, elsewhere = a_company(), acting(a_trainer()), acting(a_trainer(a_centre("smm-bur-oib")))
    assert service.seen_company(company.id, trainer) is company
    assert company in list(lists.partner_list("", {}, trainer).every())
    assert company not in list(lists.partner_list("", {}, elsewhere).every())
    with pytest.raises(NotFound):
        service.seen_company(company.id, elsewhere)


def test_a_closed_company_is_not_offered_for_new_matches(database: db.Scope) -> None:
    company = a_company()
    where, mentor = a_workplace(company), a_mentor(company)
    service.close_partner(company, by=keeper())
    assert where not in service.workplaces(company.centre_id)
    assert mentor not in service.mentor_contacts(company.centre_id)
    service.reopen_partner(company, by=keeper())
    assert where in service.workplaces(company.centre_id)


def test_a_workplace_where_somebody_learned_stays(database: db.Scope) -> None:
    where = a_workplace(a_company())
    a_placement(workplace=where)
    with pytest.raises(RuleBroken):
        service.remove_partner(where, by=keeper())
    with pytest.raises(RuleBroken):
        service.remove_partner(where.company, by=keeper())


def test_the_audit_record_of_a_mentor_holds_names_of_what_changed_and_no_values(database: db.Scope) -> None:
    mentor = a_mentor(a_company())
    values = {"name": "Gizli Kişi", "title": "gizli unvan", "email": "yeni@demo.example", "phone": "0 555"}
    service.change_mentor_contact(
        mentor, seen=1, **values, certificate_kind="uzman", lang="tr", checked=False, by=keeper()
    )
    assert mentor.checked_on is None
    database.session.flush()
    entries = database.session.query(AuditEntry).filter_by(subject_id=mentor.id, act="network.changed").all()
    said = str(entries[0].detail)
    assert "email" in said
    assert not [value for value in values.values() if value in said]
    shown = {one.name: one.shown for one in history.history(mentor).lines[0].changes}
    assert shown["email"] is False
    assert shown["certificate_kind"] is True


def test_a_protocol_is_kept_with_its_fields_and_found_by_how_it_stands(database: db.Scope) -> None:
    by = keeper()
    kept = [
        a_protocol(),
        a_protocol(signed_on=None),
        a_protocol(starts_on=date(2099, 1, 1)),
        a_protocol(ends_on=date(2026, 1, 31)),
        a_protocol(),
    ]
    service.close_protocol(kept[4], by=by)
    for wanted in Standing:
        found = list(lists.protocol_list("", {"standing": wanted.value}, by).every())
        assert {one.id for one in found} == {one.id for one in kept if service.standing(one) is wanted}
    assert service.fields_of_protocols([kept[0].id])[kept[0].id][0].slug == "elektrik-elektronik"
    service.change_protocol(
        kept[0],
        seen=1,
        title="Yeni ad",
        duties="",
        signed_on=None,
        starts_on=date(2026, 1, 1),
        ends_on=None,
        fields=[],
        by=by,
    )
    assert service.fields_of_protocols([kept[0].id]) == {}
    service.remove_protocol(kept[0], by=by)
    assert database.session.get(Protocol, kept[0].id) is None


def test_protocols_of_another_centre_are_not_listed(database: db.Scope) -> None:
    a_protocol()
    assert not list(lists.protocol_list("", {}, keeper("smm-bur-oib")).every())
    assert list(lists.protocol_list("", {}, the_network()).every())


def test_schools_are_found_whatever_letters_people_type(database: db.Scope) -> None:
    school = a_school("Şişli İnşaat Mesleki ve Teknik Anadolu Lisesi")
    for typed in ("sisli insaat", "ŞİŞLİ", "işli", "etimesgut sisli"):
        found = [one.id for one in lists.school_list(typed, {}).every()]
        assert (school.id in found) == (typed != "işli"), typed


def test_every_list_can_be_read_page_by_page(database: db.Scope) -> None:
    by = the_network()
    a_protocol()
    a_school()
    made = [
        lists.field_list("", {}),
        lists.centre_list("", {"province": "6", "field": "bilisim"}),
        lists.branch_list("", {"field": "bilisim"}),
        lists.branch_list("", {"field": "-"}),
        lists.school_list("", {"province": "6", "office": "none"}),
        lists.province_list("an", {}),
        lists.partner_list("demo", {"centre": "smm-ank-cezeri", "kind": "company"}, by),
        lists.protocol_list("demo", {"centre": "smm-ank-cezeri", "field": "elektrik-elektronik"}, by),
    ]
    for one in made:
        first = keyed.page(one.statement, one.order, None, key_of=one.key_of, size=1)
        seen = [first.rows]
        while first.next:
            first = keyed.page(one.statement, one.order, first.next, key_of=one.key_of, size=1)
            seen.append(first.rows)
        assert sum(map(len, seen)) == len(list(one.every()))


def test_a_protocol_does_not_end_before_it_begins(database: db.Scope) -> None:
    with pytest.raises(RuleBroken):
        a_protocol(ends_on=date(2025, 1, 1))


ROBOTICS = service.FieldDetails(name=Bilingual("Robotik ve Şasi", "Robotics and Chassis"), mtal_code="998")


def a_new_centre(**values: Any) -> service.CentreDetails:
    whole: dict[str, Any] = {
        "name": Bilingual("Ankara Deneme Merkezi", "Ankara Trial Centre"),
        "host_school": "Çağrı Mesleki ve Teknik Anadolu Lisesi",
        "short_name": "Çağrı MTAL",
        "province": service.province(6),
        "district": "Çankaya",
        "fields": service.fields()[:2],
    }
    return service.CentreDetails(**{**whole, **values})


def test_a_field_is_added_found_closed_and_removed_while_nothing_refers_to_it(database: db.Scope) -> None:
    by = the_network()
    made = service.add_field(FieldKind.FIELD, ROBOTICS, by=by)
    assert (made.slug, made.version, made.closed_on) == ("robotik-ve-sasi", 1, None)
    assert [one.id for one in lists.field_list("robotik", {}).every()] == [made.id]
    service.close_field(made, by=by)
    assert made not in service.fields_on_offer()
    assert made in service.fields_on_offer([made])
    assert list(lists.field_list("robotik", {}).every()) == []
    service.reopen_field(made, by=by)
    service.remove_field(made, by=by)
    assert "robotik-ve-sasi" not in {one.slug for one in service.fields()}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": Bilingual("", "Robotics")}, "name_tr"),
        ({"name": Bilingual("Robotik", " ")}, "name_en"),
        ({"name": Bilingual("ROBOTİK VE ŞASİ", "Another")}, "name_tr"),
        ({"name": Bilingual("Başka", "robotics and chassis")}, "name_en"),
        ({"mtal_code": "998", "name": Bilingual("Başka", "Another")}, "mtal_code"),
    ],
)
def test_a_field_without_both_names_or_with_what_another_has_is_refused(
    database: db.Scope, values: dict[str, Any], field: str
) -> None:
    by = the_network()
    service.add_field(FieldKind.FIELD, ROBOTICS, by=by)
    before = len(service.fields())
    with pytest.raises(RuleBroken) as broken:
        service.add_field(FieldKind.FIELD, replace(ROBOTICS, **values), by=by)
    assert broken.value.field == field
    assert len(service.fields()) == before


def test_a_field_in_use_is_closed_and_not_removed(database: db.Scope) -> None:
    field, by = service.field("elektrik-elektronik"), the_network()
    with pytest.raises(RuleBroken):
        service.remove_field(field, by=by)
    service.close_field(field, by=by)
    assert field.closed_on == clock.today()


def test_a_centre_gets_the_next_code_of_its_province_and_opens_no_runs_once_closed(database: db.Scope) -> None:
    by, codes = the_network(), {one.code for one in service.centres()}
    made = service.add_centre(a_new_centre(), by=by)
    assert made.slug == "smm-ank-cagri-mtal"
    assert made.code.startswith("06")
    assert made.code not in codes
    assert len(service.fields_of_centre(made.id)) == 2
    with pytest.raises(RuleBroken) as broken:
        service.add_centre(a_new_centre(), by=by)
    assert broken.value.field == "name_tr"
    service.remove_centre(made, by=by)
    used = a_centre()
    version = a_published_course()
    with pytest.raises(RuleBroken):
        service.remove_centre(used, by=by)
    coordinator, trainer, assessor = a_centre_administrator(used), a_trainer(used), an_assessor(used)
    service.close_centre(used, by=by)
    with pytest.raises(RuleBroken, match="opens no more runs"):
        a_run(version, chain=NOBODY, administrator=coordinator, trainers=[trainer], assessors=[assessor])


def test_nobody_but_the_network_adds_or_ends_fields_and_centres(database: db.Scope) -> None:
    by = keeper()
    for act in (
        lambda: service.add_field(FieldKind.FIELD, ROBOTICS, by=by),
        lambda: service.add_centre(a_new_centre(), by=by),
        lambda: service.close_field(service.fields()[0], by=by),
        lambda: service.close_centre(a_centre(), by=by),
    ):
        with pytest.raises(LmpError):
            act()
