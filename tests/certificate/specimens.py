"""Specimen certificates for tests: demo people only, one ordinary record, one with the longest texts."""

from typing import Any

from lmp.certificate.record import CertificateRecord

CODE = "K7QX4MHD9WRT2PLC8VND"
OUTCOMES = (
    {
        "tr": "Teknik resimden işlem sırasını ve takım listesini çıkarır.",
        "en": "Derives the operation sequence and tool list from a technical drawing.",
    },
    {
        "tr": "CAM yazılımında takım yolu üretir, benzetimle doğrular.",
        "en": "Generates tool paths in CAM software and verifies them by simulation.",
    },
    {
        "tr": "Tezgâhı ayarlar, sıfır noktasını alır, ilk parçayı üretir.",
        "en": "Sets up the lathe, takes the work offset and produces the first part.",
    },
    {
        "tr": "Parçayı ölçer, sapmaya göre takım telafisini düzeltir.",
        "en": "Measures the part and corrects tool compensation for deviations.",
    },
)
ORDINARY: dict[str, Any] = {
    "kind": "completion",
    "number": "2026 1610 0147",
    "code": CODE,
    "person": "Demo Öğretmen",
    "course_slug": "cnc-tornalama",
    "course_title": {
        "tr": "CNC tornalamada CAM ile programlama ve ilk parça üretimi",
        "en": "CAM programming and first-part production on CNC lathes",
    },
    "course_version": 3,
    "course_hash": "ab" * 32,
    "fields": [{"tr": "Makine ve Tasarım Teknolojisi", "en": "Machine and Design Technology"}],
    "centre": {
        "tr": "Bursa Tophane Sektörel Mükemmeliyet Merkezi",
        "en": "Bursa Tophane Sectoral Excellence Centre",
    },
    "school": "Tophane Mesleki ve Teknik Anadolu Lisesi",
    "province": "Bursa",
    "district": "Osmangazi",
    "outcomes": OUTCOMES,
    "strands": [
        {"key": "online", "planned": 600, "earned": 600},
        {"key": "meeting", "planned": 800, "earned": 800},
        {"key": "workplace", "planned": 4200, "earned": 4200},
        {"key": "practical", "planned": 120, "earned": 120},
    ],
    "score": 86,
    "pass_mark": 70,
    "starts_on": "2026-09-28",
    "ends_on": "2026-11-06",
    "issued_on": "2026-11-13",
    "issued_place": "Bursa",
    "signatories": [
        {"name": "Demo Koordinatör", "title": {"tr": "Merkez koordinatörü", "en": "Centre coordinator"}},
        {
            "name": "Demo Müdür",
            "title": {"tr": "Okul müdürü, imza yetkilisi", "en": "School principal, authorised signatory"},
        },
    ],
    "verify_url": "https://smm.example/v/" + CODE,
    "specimen": True,
}
LONGEST: dict[str, Any] = {
    "person": "Demo Öğretmen Şükrûfe Gülâfer Iğdırlıoğlu-Çağlayangil",
    "course_title": {
        "tr": "Beş eksenli CNC işleme merkezlerinde parametrik kapı ve mobilya bileşeni üretimi, "
        "kesici takım yönetimi ve yüzey kalitesi denetimi",
        "en": "Parametric door and furniture component production on five-axis CNC machining centres, "
        "tool management and surface quality control",
    },
    "centre": {
        "tr": "Hacı Sevim Yıldız Mobilya ve İç Mekân Tasarımı Sektörel Mükemmeliyet Merkezi",
        "en": "Hacı Sevim Yıldız Furniture and Interior Design Sectoral Excellence Centre",
    },
    "school": "Hacı Sevim Yıldız Mobilya ve İç Mekân Tasarımı Mesleki ve Teknik Anadolu Lisesi",
    "district": "İnegöl",
    "outcomes": (*OUTCOMES, *OUTCOMES[:2]),
}
EVIDENCE: dict[str, Any] = {
    "days_confirmed": 1,
    "units_proven": 1,
    "half_days_attended": 1,
    "ledger_entries": 3,
    "ids": ["cd" * 32],
    "page": {
        "outcomes": [{"units": [1, 2], "days": [1, 2, 5], "practical": True}, {"days": [3]}, {}, {"practical": True}],
        "units": [
            {
                "title": {"tr": "Teknik resim ve tolerans", "en": "Technical drawings and tolerances"},
                "passed_on": "2026-09-28",
                "minutes": 80,
            }
        ],
        "days": [
            {
                "on": "2026-10-12",
                "starts": "08:30",
                "ends": "16:30",
                "break_minutes": 60,
                "minutes": 420,
                "confirmed_on": "2026-10-14",
            }
        ],
        "half_days": [{"on": "2026-11-02", "half": "morning", "minutes": 160}],
        "practical": {
            "on": "2026-11-06",
            "assessors": 2,
            "critical_done": 6,
            "critical_all": 6,
            "points": 31,
            "points_all": 36,
            "minutes": 120,
        },
        "ledger": [
            {"key": "online", "entries": 8, "reversals": 0, "minutes": 600},
            {"key": "workplace", "entries": 12, "reversals": 1, "minutes": 4200},
        ],
    },
}


def specimen(**changes: Any) -> CertificateRecord:
    """The ordinary specimen with some keys changed."""
    return CertificateRecord.model_validate(ORDINARY | changes)
