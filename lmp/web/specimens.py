"""The sample forms of the living component page: one as it opens, one as it comes back refused."""

from wtforms import BooleanField, FileField, Form, PasswordField, RadioField, SelectField, SelectMultipleField
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

_TASKS = ("Kaçak akım ölçümü", "Ölçüm kaydı", "Kilitleme ve etiketleme", "Termal görüntü")
_PRESENCE = [SelectChoice("yes", "Evet"), SelectChoice("no", "Hayır, mazeretliydim")]
_STRANDS = [SelectChoice("online", "Uzaktan eğitim"), SelectChoice("meeting", "Yüz yüze eğitim")]


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
    province = SelectField("İl", choices=[SelectChoice("06", "Ankara"), SelectChoice("34", "İstanbul")])
    presence = RadioField("Bugün iş yerinde miydiniz", choices=_PRESENCE)
    strands = SelectMultipleField("Hangi kollar", choices=_STRANDS)
    tasks = SelectMultipleField("Bugün hangi işleri yaptınız", choices=list(_TASKS))
    agreed = BooleanField("Bilgilerin doğru olduğunu onaylıyorum")
    photos = FileField("Fotoğraf", description="İnsan yüzü görünmesin. En çok 4 fotoğraf")
    letter = FileField("Görevlendirme yazısı", description="PDF, en çok 10 MB")


class RefusedSpecimen(Specimen):
    """The same form with something to repair in every field."""

    def validate(self, extra_validators: object = None) -> bool:
        """Refuse every field with one sentence that says what to write."""
        for field in self:
            field.errors = [f"{field.label.text}: bu alanı doldurun"]
        return False


def forms() -> dict[str, Form]:
    """The form as it opens and the form that came back, by name."""
    data = {
        "name": "Demo Öğretmen",
        "email": "ogretmen@demo.example",
        "start": "08.30",
        "end": "15.30",
        "pause": "60",
        "province": "06",
        "presence": "yes",
        "tasks": list(_TASKS[:2]),
        "strands": ["online"],
        "sentence": "Ölçüm kaydının kim için tutulduğunu gördüm.",
    }
    refused = RefusedSpecimen(data={"start": "8", "end": "25", "pause": "x"}, prefix="refused")
    refused.validate()
    return {"fresh": Specimen(data=data), "refused": refused}
