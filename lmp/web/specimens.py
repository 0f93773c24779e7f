"""The sample forms of the living component page: one as it opens, one as it comes back refused."""

from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from lmp.core.messages import Message
from lmp.web import charts
from lmp.web.charts import Bar, Column, Series, Spoken, Stack, Wait
from lmp.web.rows import Sheet, Typed

# WTForms takes plain words as choices; its published types do not know that yet.
_PROVINCES: Any = ["Ankara", "İstanbul"]
_PRESENCE: Any = ["Evet", "Hayır, mazeretliydim"]
_STRANDS: Any = ["Uzaktan eğitim", "Yüz yüze eğitim"]
_TASKS: Any = ["Kaçak akım ölçümü", "Ölçüm kaydı", "Kilitleme ve etiketleme", "Termal görüntü"]


class Specimen(Form):
    """One field of every kind, in Turkish, because the page marks its samples as Turkish."""

    name = StringField("Ad soyad", description="Belgenizde yazacağı gibi")
    email = StringField("E-posta")
    password = PasswordField("Parola")
    hours = StringField("Süre (saat)", description="Örneğin: 1,5")
    day = StringField("Tarih", description="Örneğin: 27.11.2026")
    code = StringField("Doğrulama kodu")
    start = StringField("Başlangıç")
    end = StringField("Bitiş")
    pause = StringField("Ara (dk)")
    sentence = TextAreaField("Bugünden bir cümle", description="Sınıfa ne götüreceksiniz?")
    province = SelectField("İl", choices=_PROVINCES)
    presence = RadioField("Bugün iş yerinde miydiniz", choices=_PRESENCE)
    strands = SelectMultipleField("Hangi kollar", choices=_STRANDS)
    tasks = SelectMultipleField("Bugün hangi işleri yaptınız", choices=_TASKS)
    agreed = BooleanField("Bilgilerin doğru olduğunu onaylıyorum")
    photos = FileField("Fotoğraf", description="İnsan yüzü görünmesin. En çok 4 fotoğraf")
    letter = FileField("Görevlendirme yazısı", description="PDF, en çok 10 MB")


def forms() -> dict[str, Form]:
    """The form as it opens and the form that came back, by name."""
    data = {
        "name": "Demo Öğretmen",
        "email": "ogretmen@demo.example",
        "start": "08.30",
        "end": "15.30",
        "pause": "60",
        "province": "Ankara",
        "presence": "Evet",
        "tasks": _TASKS[:2],
        "strands": _STRANDS[:1],
        "sentence": "Ölçüm kaydının kim için tutulduğunu gördüm.",
    }
    refused = Specimen(data={"start": "8", "end": "25", "pause": "x"}, prefix="refused")
    for field in refused:
        field.errors = [f"{field.label.text}: bu alanı doldurun"]
    return {"fresh": Specimen(data=data), "refused": refused}


def sheet() -> Sheet:
    """A form whose rows come and go: one that is folded, one to be repaired, one that another person wrote, one that goes."""
    criteria = ("Enerjiyi keser ve kilitler", "", "Gerilim olmadığını ölçer", "Ölçüm kaydını tutar")
    values: Typed = {
        "minutes": ["90"],
        "document": ["course"],
        "photos": ["y"],
        "place-tr": ["Atölye"],
        "place-en": [""],
    }
    for number, words in enumerate(criteria):
        row = f"criteria-{number}"
        values |= {f"{row}-key": [str(number)], f"{row}-text-tr": [words], f"{row}-text-en": [""]}
        values |= {f"{row}-outcomes": ["o1", "o2"]}
    values["criteria-3-gone"] = ["1"]
    return Sheet(
        values,
        errors={"criteria-1-text-tr": [Message("Ölçütü yazın.")], "minutes": [Message("Bir tam sayı yazın.")]},
        wanted={"place-en": "Yerin İngilizcesi"},
        theirs={"criteria-2-text-tr": "Gerilim yokluğunu gösterir"},
        focus="criteria-1",
    )


def figures() -> list[dict[str, Any]]:
    """Every kind of chart in its frame, as the page of a report hands it over."""
    parts = {"online": 270, "meeting": 360, "workplace": 540, "practical": 90}
    words = {strand: f"{minutes} dk" for strand, minutes in parts.items()}
    months = [Column(name, n, str(n), f"{name}: {n}", "2026") for name, n in (("Oca", 7), ("Şub", 0), ("Mar", 12))]
    provinces = {6: 3, 16: 9, 34: 12, 35: 6}
    return [
        _figure("bars", "Çubuk: 42 öğretmen katıldı", charts.bars(_spoken("bars"), _BARS)),
        _figure(
            "stacks", "Kollar üst üste", charts.stacks(_spoken("stacks"), [Stack("Ocak", parts, words, "21 saat")])
        ),
        _figure("columns", "Sütun: en çok mart ayında", charts.columns(_spoken("columns"), months)),
        _figure("dots", "Nokta: herkes bir nokta", charts.dots(_spoken("dots"), months[:2])),
        _figure("steps", "Basamak: artış", charts.steps(_spoken("steps"), _LINES, "12 Eki", "9 Kas")),
        _figure("waits", "Bekleme: yarısı 2 gün içinde", charts.waits(_spoken("waits"), [_WAIT])),
        _figure("tiles", "İller: yeri belli, boyu eşit", charts.tiles(_spoken("tiles"), provinces, {}), wide=True),
    ]


_BARS = [
    Bar("Katılan", 42, "42"),
    Bar("Belge alan", 20, "20 / 42", 42),
    Bar("Yüz yüze eğitim", 9, "9", 12, "s-meeting"),
]
_LINES = [Series("yer", [0, 9, 24, 42], "42", "c2"), Series("belge", [0, 0, 6, 20], "20")]
_WAIT = Wait("İşletmenin onayı", 2, 6, "yarısı 2, %90'ı 6 gün")


def _spoken(kind: str) -> Spoken:
    return Spoken(f"specimen-{kind}", kind)


def _figure(kind: str, finding: str, svg: str, *, wide: bool = False) -> dict[str, Any]:
    """A frame with its words and a small table."""
    return {
        "id": f"figure-{kind}",
        "name": finding,
        "finding": finding,
        "counts": "Ne sayıldığı ve ne zamana kadar. Sayım: 22 Kasım 2026, 18.40.",
        "svg": svg,
        "wide": wide,
        "heads": ["Ne", "Öğretmen"],
        "rows": [["Katılan", "42"], ["Belge alan", "20"]],
        "csv_url": None,
    }
