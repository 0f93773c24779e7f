"""A file as a hurried office writes it: Windows-1254, semicolons, forty cells that are wrong."""

#: Column → what stands there wrongly; each makes one mistake.
WRONG: dict[str, tuple[str, ...]] = {
    "Ad soyad": ("", " ", "Ş" * 121, "\t", ""),
    "E-posta": ("", "ayse", "ayse@", "@okul.example", "ayse okul.example", "a@b", "çok yanlış", "x@y."),
    "Rol": ("", "müdür yardımcısı", "hoca", "Bakanlık yetkilisi", "öğretman", "admin"),
    "Merkez": ("Atatürk MTAL", "9999", "yok", "", "Bursa", "0000"),
    "Kurum kodu": ("123", "abc", "999999", "0", "12 34", "yok"),
    "Dil": ("de", "fransızca", "?"),
    "Son gün": ("31.12.2020", "yarın", "2027", "31.02.2027", "12/2027", "0"),
}
HEADS = ("Ad soyad", "E-posta", "Rol", "Merkez", "Kurum kodu", "Branş", "Dil", "Son gün")


def file_of(centre: str) -> tuple[bytes, list[tuple[str, str]]]:
    """The bytes, and the (cell, value) pairs that are wrong, in the order of the lines. `centre` is a code that is right."""
    rows: list[dict[str, str]] = []
    cells: list[tuple[str, str]] = []
    for column, values in WRONG.items():
        for value in values:
            line = len(rows) + 2
            right = {
                "Ad soyad": "İğde Şükrü Öğüt",
                "E-posta": f"kisi{line}@okul.example",
                "Rol": "eğitim görevlisi",
                "Merkez": centre,
                "Kurum kodu": "",
                "Branş": "",
                "Dil": "",
                "Son gün": "",
            }
            rows.append({**right, column: value})
            cells.append(("ABCDEFGH"[HEADS.index(column)] + str(line), value.strip()))
    text = "\r\n".join(";".join(row) for row in [HEADS, *([row[head] for head in HEADS] for row in rows)])
    return text.encode("cp1254"), cells
