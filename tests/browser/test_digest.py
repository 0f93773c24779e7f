"""The daily mail: read from a real mail server, ended with one press in the browser, without signing in."""

import re

import pytest
from playwright.sync_api import expect

from lmp.content.document import Lang
from lmp.core import clock, db, jobs
from lmp.notice import service as notice
from lmp.notice.models import Notice
from lmp.notice.rules import Delivery
from lmp.notice.service.digesting import JOB
from tests.browser.conftest import PHONE, Site
from tests.browser.inbox import link_in, text_of
from tests.builders.accounts import a_person
from tests.builders.notice import a_notice, a_topic

EMAIL = "gulsah@demo.example"


def tell_and_begin_the_daily_mail(lang: Lang) -> None:
    """Something due today, which no quiet hour holds back; the worker of the served platform makes and sends the mail."""
    with db.transaction():
        who = a_person("Gülşah Demo", email=EMAIL, lang=lang)
        a_notice(who, topic=a_topic(), due_on=clock.today())
        jobs.queue(JOB, {"day": clock.today().isoformat(), "after": ""})


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "script-free"])
def test_the_daily_mail_arrives_and_one_press_ends_it(site: Site, lang: Lang, javascript: bool) -> None:
    tell_and_begin_the_daily_mail(lang)
    mail = site.inbox.mail_to(EMAIL, with_link="/notice/stop/")
    assert mail["Content-Language"] == lang
    assert {"tr": "Sayın Gülşah Demo", "en": "Dear Gülşah Demo"}[lang] in text_of(mail)
    assert a_topic().title.in_language(lang) in text_of(mail)
    stop = link_in(mail, "/notice/stop/")
    assert stop.partition("?")[0] in mail["List-Unsubscribe"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    reader = site.walker(lang, size=PHONE, java_script_enabled=javascript)
    reader.open(stop)
    expect(reader.heading).to_have_text(reader.say("Stop e-mails of this kind?"))
    reader.press("Stop these e-mails")
    expect(reader.heading).to_have_text(reader.say("You get no such mails any more"))
    assert reader.presses == 1
    with db.reading() as session:
        (told,) = session.query(Notice).all()
        assert told.digested_on == clock.today()
        assert not notice.settings_of(told.person_id).digest


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_the_daily_mail_tells_leads_to_its_page(site: Site) -> None:
    tell_and_begin_the_daily_mail("tr")
    mail = site.inbox.mail_to(EMAIL, with_link="/notice/stop/")
    reader = site.walker("tr")
    reader.open(link_in(mail, "/today"))
    expect(reader.page).to_have_url(re.compile("/tr/sign-in"))
    with db.reading() as session:
        assert [one.delivery for one in session.query(Notice)] == [Delivery.DIGEST]
