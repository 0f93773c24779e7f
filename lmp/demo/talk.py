"""What the people of the demo tell each other: messages of a run, notes of its staff, interest, and notices that were read."""

from lmp.access import Actor
from lmp.core.db import Bilingual
from lmp.demo import people
from lmp.demo.days import on
from lmp.demo.runs import Stage
from lmp.enrolment import service as enrolments
from lmp.enrolment.models import Audience, Enrolment
from lmp.enrolment.service.messages import Draft
from lmp.notice import service as notice

#: Notices up to so many working days ago have been read.
_READ_UNTIL = 3
_FIRST = Draft(
    Audience.MAIN,
    Bilingual("İlk haftanın planı", ""),
    Bilingual(
        "Ünitelere pazartesi akşamından itibaren çalışabilirsiniz.\nİşletmeye gitmeden önce güvenlik ünitesini bitirin.",
        "",
    ),
    is_important=True,
)
_SECOND = Draft(
    Audience.MAIN,
    Bilingual("Günlük için kısa bir hatırlatma", "A short reminder about the log"),
    Bilingual(
        "Günlüğünüzü aynı gün yazarsanız işletme haftayı cuma günü onaylayabilir.\nÖlçüm değerlerini birimiyle yazın.",
        "Write your log on the day itself, so that the company can confirm the week on Friday.\n"
        "Write measured values with their unit.",
    ),
    is_important=False,
)
_ABOUT_RUN = "Atölye 2’nin anahtarı nöbetçi müdür yardımcısında. Yerime bakacak arkadaş 8.00’de alsın."
_ABOUT_ONE = "Telefonla görüştük; hastalığı nedeniyle iki gün işletmeye gidemedi, raporunu getirecek."


def tell(stage: Stage) -> None:
    """After the story: the run that ogretmen is in, and what everybody has read of it."""
    mine = _running(stage)
    trainer, coordinator = stage.cast.actor("egitimgorevlisi"), stage.cast.actor("koordinator")
    with on(stage.calendar.back(12), 15):
        _say(mine, _FIRST, trainer)
    with on(stage.calendar.back(6), 11):
        enrolments.notes.write(mine.run, _ABOUT_RUN, by=trainer)
    with on(stage.calendar.back(2), 10):
        away = next(one for one in enrolments.enrolments_in(mine.run_id) if one.person_id != mine.person_id)
        enrolments.notes.write(away, _ABOUT_ONE, by=coordinator)
    _ask(stage, mine)
    with on(stage.calendar.back(_READ_UNTIL), 17):
        for key, who in stage.cast.people.items():
            notice.read_all(who.id, by=stage.cast.actor(key))
    with on(stage.calendar.back(1), 16):
        _say(mine, _SECOND, trainer)


def _say(mine: Enrolment, draft: Draft, by: Actor) -> None:
    """Send a message and let it arrive on the same day; the worker's own job finds everybody told."""
    made = enrolments.messages.send(mine.run, draft, by=by)
    enrolments.messages.tell({"message": str(made.id), "after": ""})


def _running(stage: Stage) -> Enrolment:
    """The enrolment of ogretmen that runs today."""
    mine = enrolments.enrolments_of(stage.cast.person("ogretmen").id)
    return next(one for one in mine if enrolments.is_running(one))


def _ask(stage: Stage, mine: Enrolment) -> None:
    """Some teachers want to hear of the next run, one only of one in their province."""
    course = mine.run.course
    with on(stage.calendar.back(4), 21):
        for number, name in enumerate((people.REFUSED, *people.SMALL[-3:])):
            who = stage.cast.person(name)
            enrolments.interest.ask(
                who,
                course=course if number % 2 == 0 else None,
                field=course.fields[0] if number % 2 else None,
                province_code=6 if number == 1 else None,
                by=stage.cast.actor(name),
            )
