"""What a teacher takes away: the ZIP with everything about them, downloaded in the browser and opened."""

import csv
import io
import json
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from lmp.demo.people import address_of
from tests.browser.conftest import PHONE, Site
from tests.demo.shared import PASSWORD


def test_a_teacher_downloads_everything_about_them_and_every_file_opens(walkers: Site, tmp_path: Path) -> None:
    teacher = walkers.walker("tr", size=PHONE)
    teacher.sign_in(address_of("ogretmen"), PASSWORD)
    teacher.open("/my-data")
    teacher.press("Prepare my data")
    ready = teacher.page.get_by_role("main").get_by_role("link", name=teacher.say("Download the ZIP"))
    for _ in range(30):  # the worker prepares it; whoever waits opens the page anew
        if ready.count():
            break
        teacher.page.reload()
    expect(ready.first).to_be_visible()
    with teacher.page.expect_download() as begun:
        teacher.activate(ready.first)
    path = tmp_path / "data.zip"
    begun.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    opened = {
        kind: [name for name in files if name.endswith(f".{kind}")] for kind in ("pdf", "json", "csv", "jpg", "txt")
    }
    assert all(files[name].startswith(b"%PDF") for name in opened["pdf"])
    assert opened["pdf"]
    assert all(json.loads(files[name]) for name in opened["json"])
    assert opened["json"]
    assert any("Demo Öğretmen" in files[name].decode("utf-8") for name in opened["json"])
    for name in opened["csv"]:
        rows = list(csv.reader(io.StringIO(files[name].decode("utf-8-sig")), delimiter=";"))
        assert len({len(row) for row in rows}) == 1, name
    assert opened["csv"]
    assert all(files[name].startswith(b"\xff\xd8") for name in opened["jpg"])
    assert sum(map(len, opened.values())) == len(files), sorted(files)
