"""Where the demo's people are: schools in several provinces, and the companies that take teachers in."""

from dataclasses import dataclass

from lmp.access import Actor
from lmp.network import service as network
from lmp.network.models import Centre, MentorContact, School, Workplace

DOMAIN = "demo.example"
#: The approver okulmuduru decides for the first one.
SCHOOLS = (
    ("Demo Başkent Mesleki ve Teknik Anadolu Lisesi", 6, "Etimesgut"),
    ("Demo Boğaziçi Mesleki ve Teknik Anadolu Lisesi", 34, "Kadıköy"),
    ("Demo Körfez Mesleki ve Teknik Anadolu Lisesi", 35, "Bornova"),
    ("Demo Uludağ Mesleki ve Teknik Anadolu Lisesi", 16, "Nilüfer"),
    ("Demo Porsuk Mesleki ve Teknik Anadolu Lisesi", 26, "Odunpazarı"),
    ("Demo Erciyes Mesleki ve Teknik Anadolu Lisesi", 38, "Melikgazi"),
    ("Demo Toros Mesleki ve Teknik Anadolu Lisesi", 1, "Seyhan"),
    ("Demo Karadeniz Mesleki ve Teknik Anadolu Lisesi", 61, "Ortahisar"),
    ("Demo Mevlâna Mesleki ve Teknik Anadolu Lisesi", 42, "Selçuklu"),
    ("Demo Zeugma Mesleki ve Teknik Anadolu Lisesi", 27, "Şahinbey"),
    ("Demo Kızılırmak Mesleki ve Teknik Anadolu Lisesi", 55, "İlkadım"),
    ("Demo Akdeniz Mesleki ve Teknik Anadolu Lisesi", 7, "Muratpaşa"),
    ("Demo Dicle Mesleki ve Teknik Anadolu Lisesi", 21, "Kayapınar"),
    ("Demo Palandöken Mesleki ve Teknik Anadolu Lisesi", 25, "Yakutiye"),
    ("Demo Sapanca Mesleki ve Teknik Anadolu Lisesi", 54, "Adapazarı"),
    ("Demo Pamukkale Mesleki ve Teknik Anadolu Lisesi", 20, "Merkezefendi"),
)


@dataclass(frozen=True)
class Host:
    """A workplace with the mentor who confirms the days spent there."""

    workplace: Workplace
    mentor: MentorContact


def make_schools(by: Actor) -> list[School]:
    """The demo schools, the one of okulmuduru first."""
    return [
        network.add_school(
            name=name,
            province_code=province,
            district_name=district,
            office_email=f"okul{number}@{DOMAIN}",
            is_demo=True,
            by=by,
        )
        for number, (name, province, district) in enumerate(SCHOOLS, 1)
    ]


def make_hosts(centre: Centre, by: Actor) -> list[Host]:
    """Two companies of the centre, the one of Demo Usta first."""
    panels = network.add_company(name="Demo Pano ve Elektrik", centre=centre, is_demo=True, by=by)
    charging = network.add_company(name="Demo Şarj Sistemleri", centre=centre, is_demo=True, by=by)
    return [
        Host(
            network.add_workplace(
                panels,
                name="OSTİM pano atölyesi",
                province_code=6,
                district_name="Yenimahalle",
                hazard_class="tehlikeli",
                by=by,
            ),
            network.add_mentor_contact(
                panels,
                name="Demo Usta",
                title="pano montaj sorumlusu",
                email=f"usta@{DOMAIN}",
                phone="0 000 000 00 01",
                certificate_kind="usta öğretici",
                by=by,
            ),
        ),
        Host(
            network.add_workplace(
                charging,
                name="Sincan saha ekibi",
                province_code=6,
                district_name="Sincan",
                hazard_class="tehlikeli",
                photos_allowed=False,
                by=by,
            ),
            network.add_mentor_contact(
                charging,
                name="Demo Uzman",
                title="devreye alma sorumlusu",
                email=f"uzman@{DOMAIN}",
                phone="0 000 000 00 02",
                certificate_kind="eğitici personel",
                by=by,
            ),
        ),
    ]
