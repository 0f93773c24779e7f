"""What people of the demo have asked about their data."""

from lmp.demo.days import Calendar, on
from lmp.demo.people import Cast
from lmp.privacy import service as privacy
from lmp.privacy.rules import Kind


def ask(cast: Cast, calendar: Calendar) -> None:
    """A correction that waits, one that was answered, and an erasure whose deadline is near."""
    official = cast.actor("bakanlik")
    with on(calendar.back(18), 10):
        late = cast.person("Tuğba")
        privacy.ask(late, Kind.ERASURE, "Öğretmenlikten ayrıldım.", by=cast.actor("Tuğba"))
        text = "Branşım Yenilenebilir Enerji Teknolojileri olmalı."
        answered = privacy.ask(cast.person("Ömer"), Kind.CORRECTION, text, by=cast.actor("Ömer"))
    with on(calendar.back(12), 11):
        privacy.answer(answered, accepted=True, text="Branşınızı düzelttik.", by=official)
    with on(calendar.back(2), 15):
        text = "Soyadım Öğretmen değil, Öğretmenoğlu."
        privacy.ask(cast.person("ogretmen"), Kind.CORRECTION, text, by=cast.actor("ogretmen"))
