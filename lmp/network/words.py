"""What the network's codes and columns are called."""

from lmp.audit.history import Words
from lmp.core.messages import N_, Message
from lmp.network.models import DayKind, FieldKind, PartnerKind
from lmp.network.rules import Standing

YES, NO = Message(N_("yes")), Message(N_("no"))

FIELD_KINDS = {
    FieldKind.FIELD: Message(N_("Field")),
    FieldKind.SUBJECT: Message(N_("Subject")),
}
DAY_KINDS = {
    DayKind.HOLIDAY: Message(N_("Public holiday")),
    DayKind.HALF_DAY: Message(N_("Half day")),
    DayKind.LEAVE: Message(N_("Administrative leave")),
    DayKind.BREAK: Message(N_("School break")),
}
PARTNER_KINDS = {
    PartnerKind.COMPANY: Message(N_("Company")),
    PartnerKind.CHAMBER: Message(N_("Chamber")),
    PartnerKind.UNION: Message(N_("Union")),
    PartnerKind.AGENCY: Message(N_("Development agency")),
    PartnerKind.UNIVERSITY: Message(N_("University")),
    PartnerKind.NGO: Message(N_("Civil society organisation")),
}
#: The codes are the words of Law 6331; English readers get theirs.
HAZARD_CLASSES = {
    "az tehlikeli": Message(N_("Low hazard")),
    "tehlikeli": Message(N_("Hazardous")),
    "çok tehlikeli": Message(N_("Very hazardous")),
}
CERTIFICATE_KINDS = {
    "usta öğretici": Message(N_("Master trainer")),
    "eğitici personel": Message(N_("Training staff")),
    "uzman": Message(N_("Expert")),
}
LANGUAGES = {"tr": Message(N_("Turkish")), "en": Message(N_("English"))}
STANDINGS = {
    Standing.PREPARED: Message(N_("Being prepared")),
    Standing.COMING: Message(N_("Not begun yet")),
    Standing.RUNNING: Message(N_("In force")),
    Standing.OVER: Message(N_("Expired")),
    Standing.ENDED: Message(N_("Ended early")),
}
#: How a protocol's standing looks as a state.
STANDING_MARKS = {
    Standing.PREPARED: "draft",
    Standing.COMING: "due",
    Standing.RUNNING: "done",
    Standing.OVER: "cancelled",
    Standing.ENDED: "cancelled",
}

#: Columns as histories name them, in the order of the forms.
HISTORY = Words(
    names={
        "name": Message(N_("Name")),
        "name_tr": Message(N_("Name in Turkish")),
        "name_en": Message(N_("Name in English")),
        "title": Message(N_("Title or subject")),
        "host_school": Message(N_("Host school")),
        "short_name": Message(N_("Short name of the host school")),
        "code": Message(N_("Institution code")),
        "province_code": Message(N_("Province")),
        "district_id": Message(N_("District")),
        "district": Message(N_("District")),
        "kind": Message(N_("Type")),
        "mtal_code": Message(N_("MTAL code")),
        "mesem_code": Message(N_("MESEM code")),
        "isced_f": Message(N_("ISCED-F code")),
        "aliases": Message(N_("Other names")),
        "fields": Message(N_("Fields")),
        "website": Message(N_("Website")),
        "office_email": Message(N_("Office e-mail")),
        "office_phone": Message(N_("Office phone")),
        "hazard_class": Message(N_("Hazard class")),
        "capacity": Message(N_("Places")),
        "photos_allowed": Message(N_("Photographs allowed")),
        "email": Message(N_("E-mail")),
        "phone": Message(N_("Phone")),
        "lang": Message(N_("Language of the e-mails")),
        "certificate_kind": Message(N_("Certificate")),
        "checked_on": Message(N_("Checked on")),
        "signed_on": Message(N_("Signed on")),
        "starts_on": Message(N_("First day")),
        "ends_on": Message(N_("Last day")),
        "duties": Message(N_("Duties of the parties")),
        "closed_on": Message(N_("Closed on")),
    },
    codes={
        **{kind.value: word for kinds in (DAY_KINDS, PARTNER_KINDS) for kind, word in kinds.items()},
        **HAZARD_CLASSES,
        **CERTIFICATE_KINDS,
        **LANGUAGES,
    },
)
