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
