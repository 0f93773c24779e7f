"""The addresses of provincial and district directorates, as the network keeps them."""

from flask import Flask

from lmp.core import db
from tests.builders.accounts import a_school
from tests.network.test_pages import coordinator, official, rows
from tests.visitor import Visitor

__all__ = ["official"]


def _a_district() -> object:
    """The id of the district of a school."""
    with db.transaction():
        return a_school().district_id


def test_the_network_keeps_the_addresses_of_directorates_and_nothing_else_of_a_province(
    app: Flask, official: Visitor
) -> None:
    district = _a_district()
    province, below = "/tr/management/province/6", f"/tr/management/province/6/district/{district}"
    page = official.open(f"{province}/edit")
    assert page.h1 == "Ankara İl Millî Eğitim Müdürlüğü"
    assert set(page.form()) - {"csrf_token", "_once", "version", "base"} == {"office_email"}
    assert "ad.soyad@kurum.example" in official.send(f"{province}/edit", page.form(), office_email="x", expect=422).text
    official.send(f"{province}/edit", page.form(), office_email="ankara@demo.example")
    official.send(f"{below}/edit", official.open(f"{below}/edit").form(), office_email="etimesgut@demo.example")
    shown = official.open(province)
    assert "ankara@demo.example" in shown.text
    assert "Etimesgut" in shown.links()
    assert "etimesgut@demo.example" in official.open(below).text
    assert rows(official.open("/tr/management/province?office=known")) == ["Ankara"]
    assert "Adıyaman" in rows(official.open("/tr/management/province?office=none"))
    official.open(below.replace("province/6", "province/34"), expect=404)
    other = coordinator(app)
    assert "/edit" not in other.open(province).html
    other.open(f"{province}/edit", expect=403)
