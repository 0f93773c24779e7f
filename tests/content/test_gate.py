"""What the gate notices and what it lets pass, rule by rule, on the sample course with one text changed."""

import pytest

from lmp.content.document import CourseDocument, findings
from lmp.content.gate import RULES, english_forms, examine, language_states, states, turkish_forms
from lmp.content.gate.language import is_untranslated, is_written_in
from lmp.content.gate.numbers import numbers
from lmp.content.gate.quantities import odd_numbers
from lmp.content.gate.readability import ease, sentences
from lmp.core import turkish
from tests.content.samples import MEDIA, Raw, changed, course, question, text, unit

TURKISH = "Kesici açıldıktan sonra gerilim yokluğu bütün kutuplarda doğrulanır ve sonuç deftere yazılır."
ENGLISH = "After the breaker has been opened, every pole is proved dead and the result is written down in the book."


def rules(document: CourseDocument, media: dict[str, bytes] | None = None) -> set[str]:
    """The rules that the gate finds broken."""
    return {finding.rule for finding in examine(document, MEDIA if media is None else media)}


def said(turkish_text: str, english: str, kind: str = "text") -> set[str]:
    """The rules that are broken when one block says this in Turkish and that in English."""
    place, key = {"text": (0, "body"), "note": (8, "text"), "task": (7, "text")}[kind]

    def change(raw: Raw) -> None:
        raw["units"][0]["blocks"][place][key] = text(turkish_text, english)

    return rules(changed(change))


def test_the_sample_course_passes() -> None:
    assert examine(course(), MEDIA) == []


@pytest.mark.parametrize(
    ("turkish_text", "english"),
    [
        ("Akım 1.234,5 A.", "The current is 1,234.5 A."),
        ("Kayıp %20 olur.", "The loss is 20%."),
        ("Kayıp %2,5 olur.", "The loss is 2.5 per cent."),
        ("Güç 22 000 W.", "The power is 22,000 W."),
        ("Sıcaklık −5 °C.", "It is −5 °C."),
        ("10–20 mm", "10 to 20 mm"),
        ("Ders 13.30'da başlar.", "The lesson begins at 13:30."),
        ("Ölçüm 10.42.35'te bitti.", "The reading ended at 10:42:35."),
        ("21.8.2001 tarihli yönetmelik.", "The regulation of 21 August 2001."),
        ("5 Mart 2027", "5 March 2027"),
        ("Üçte ikisi, on altı bölüm.", "2/3 of them, 16 sections."),
        ("½ tur", "0.5 turn"),
        ("45 dakika", "Forty-five minutes"),
        ("Birinci ünitede gördük.", "We saw it in Unit 1."),
        ("1. kullanıcı 200 alır.", "User 1 gets 200."),
        ("Kılavuzda *1,250 N* yazar.", "The manual says 1,250 N."),
        ("45 dakika, sonra 2 saat", "45 min, then 2 hours"),
        ("Hat 35 metre, kesit 10 mm²'dir.", "The run is 35 m, its size 10 mm²."),
        ("[Kurallar](https://a.example/12)", "[Rules](https://b.example/34)"),
        ("```\nport 80\n```", "```\nport 80\n```"),
    ],
)
def test_the_same_quantity_may_be_written_as_each_language_does(turkish_text: str, english: str) -> None:
    assert not {"numbers", "units", "number-format"} & said(turkish_text, english)


@pytest.mark.parametrize(
    ("turkish_text", "english"),
    [
        ("Akım 32 A.", "The current is 34 A."),
        ("Katsayı 1,45.", "The factor is 145."),
        ("Sıcaklık −5 °C.", "It is 5 °C."),
        ("Sınır 40 A, 32 A değil.", "The limit is 40 A."),
        ("Değer 1,250 N.", "The value is 1,250 N."),
        ("32 A, 32 A ve 40 A", "32 A, 40 A and 40 A"),
        ("8.30'da başlar.", "It begins at 9:30."),
    ],
)
def test_another_number_is_found(turkish_text: str, english: str) -> None:
    assert "numbers" in said(turkish_text, english)


def test_a_number_that_one_language_says_once_more_is_no_defect() -> None:
    assert said("Sınır 40 A. Kesici yetmez.", "The limit is 40 A. A 40 A breaker will not do.") == set()


@pytest.mark.parametrize(
    ("turkish_text", "english"),
    [("Boy 25 mm.", "It is 25 cm long."), ("Süre 15 dakika.", "It takes 15 hours."), ("Yük %20.", "The load is 20 A.")],
)
def test_another_unit_is_found(turkish_text: str, english: str) -> None:
    assert "units" in said(turkish_text, english)


@pytest.mark.parametrize(
    ("turkish_text", "english"),
    [
        ("Güç 1.5 kW.", "The power is 1.5 kW."),
        ("Güç 1,5 kW.", "The power is 1,5 kW."),
        ("20% yük", "20% load"),
        ("%20 yük", "%20 load"),
    ],
)
def test_a_quantity_in_the_notation_of_the_other_language_is_a_warning(turkish_text: str, english: str) -> None:
    assert said(turkish_text, english) == {"number-format"}


def test_numbers_are_read_in_their_language() -> None:
    assert [number.value for number in numbers("1.234,5 ve 0,25 ve 7", "tr")] == ["1234.5", "0.25", "7"]
    assert [number.value for number in numbers("1,234.5 and 0.25 and 7", "en")] == ["1234.5", "0.25", "7"]
    assert [number.unit for number in numbers("230 V, 25 h6 ve %20", "tr")] == ["V", "", "", "%"]
    assert not any(odd_numbers("%60 ve %40", "60% and 40%").values())


def test_a_finding_stands_on_the_line_of_the_number() -> None:
    def change(raw: Raw) -> None:
        raw["units"][0]["blocks"][0]["body"] = text("Bir.\n\nAkım 32 A.", "One.\n\nThe current is 34 A.")

    (found,) = examine(changed(change), MEDIA)
    assert (found.path[-2:], found.below, found.severity) == (("body", "en"), 2, "error")


@pytest.mark.parametrize(("kind", "rule"), [("note", "steps"), ("task", "steps"), ("text", "structure")])
def test_a_lost_step_blocks_and_a_lost_list_item_warns(kind: str, rule: str) -> None:
    assert said("1. Kesin.\n2. Kilitleyin.\n3. Deneyin.", "1. Isolate.\n2. Lock off.", kind) == {rule}


def test_a_lost_heading_or_table_row_is_a_warning() -> None:
    assert said("## Bir\n\nMetin.", "Text.") == {"structure"}
    assert said("| a | b |\n| --- | --- |\n| c | d |", "| a | b |\n| --- | --- |") == {"structure"}


def test_a_paragraph_in_the_other_language_is_found_in_either_file() -> None:
    assert said(f"Kısa.\n\n{TURKISH}", f"Short.\n\n{TURKISH}") == {"language"}
    assert said(f"Kısa.\n\n{ENGLISH}", f"Short.\n\n{ENGLISH}") == {"language"}


def test_quotations_and_code_may_be_in_the_other_language() -> None:
    assert said(f"Kılavuzdan:\n\n> {ENGLISH}", f"From the manual:\n\n> {ENGLISH}") == set()
    assert said(f"*{ENGLISH}* yazıyor.", f"It says *{ENGLISH}*") == set()


def test_short_texts_are_judged_with_care() -> None:
    assert not is_untranslated("COP", "COP")
    assert not is_untranslated("OWASP Top 10", "OWASP Top 10")
    assert is_untranslated("Ölçüm formu", "Ölçüm formu")
    assert is_written_in("tr", TURKISH)
    assert not is_written_in("en", TURKISH)
    assert is_written_in("en", ENGLISH)
    assert not is_written_in("tr", ENGLISH)


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("kesici", "Kesicinin anma akımı"),
        ("kablo", "Kabloyu tavaya serin"),
        ("dayanım", "Kablonun dayanımı aşılmaz"),
        ("renk", "İletkenin rengi"),
        ("ağaç", "Ağacı kesin"),
        ("resim", "Resmi okuyun"),
        ("gerilim düşümü", "Gerilim düşümünü hesaplayın"),
        ("artık akım cihazı", "artık akım cihazlarının deneyi"),
        ("akım taşıma kapasitesi", "Akım taşıma kapasitesinden büyük"),
        ("Tip A", "Tip A'nın sınırı"),
        ("iletken", "İLETKENLERDE"),
    ],
)
def test_a_turkish_term_is_known_in_the_forms_of_a_sentence(term: str, sentence: str) -> None:
    assert turkish_forms.occurs(term, turkish.lower(sentence))


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("kesici", "Kesinti sürdü"),
        ("bara", "Barakada bekleyin"),
        ("Tip B", "genel tip bir cihaz"),
        ("renk", "rendeler"),
    ],
)
def test_another_word_is_not_taken_for_a_term(term: str, sentence: str) -> None:
    assert not turkish_forms.occurs(term, turkish.lower(sentence))


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("busbar", "Two busbars carry it"),
        ("residual-current device", "residual current devices"),
        ("form of separation", "the separation and its form"),
        ("assembly", "assemblies"),
    ],
)
def test_an_english_term_is_known_in_plural_and_in_another_order(term: str, sentence: str) -> None:
    assert english_forms.occurs(term, english_forms.roots(sentence))


def test_a_verb_says_what_a_turkish_noun_of_action_names() -> None:
    assert turkish_forms.is_done("döküm", "tabloyu dökmeye gerek yok")
    assert turkish_forms.is_done("doğrulama", "güncelleme doğrulanıyor mu")
    assert not turkish_forms.is_done("döküm", "satırlar silinir")
    assert not turkish_forms.is_done("kablo", "kabloyu serin")


def test_a_command_says_no_term() -> None:
    assert english_forms.stands("restore", english_forms.spelled("Test the restore."))
    assert not english_forms.stands("restore", english_forms.spelled("Load it with pg_restore."))


def test_logging_is_known_as_a_form_of_log() -> None:
    assert english_forms.root("Logging") == english_forms.root("logs")


def _with_terms(*english: str) -> CourseDocument:
    """A course with the term klemens = terminal in blocks that say it, in English with these words."""
    blocks = [
        {
            "kind": "text",
            "id": f"b{place}",
            "body": text("Klemensi sıkın.", f"Tighten the {word}."),
            "translation": None,
        }
        for place, word in enumerate(english)
    ]
    glossary = [{"term": text("klemens", "terminal"), "definition": text("Bağlantı ucu.", "Where a wire ends.")}]
    return course(
        units=[unit(blocks=[{key: value for key, value in block.items() if value} for block in blocks])],
        glossary=glossary,
    )


def test_a_term_called_something_else_is_found_where_the_course_is_otherwise_constant() -> None:
    assert "terms" in rules(_with_terms(*["terminal"] * 6, "clamp"))
    assert "terms" not in rules(_with_terms(*["terminal"] * 7))


def test_a_word_that_the_course_itself_renders_in_many_ways_is_no_measure() -> None:
    assert "terms" not in rules(_with_terms(*["terminal"] * 3, *["clamp"] * 4))


def test_a_term_that_is_never_used_is_a_warning() -> None:
    found = rules(course(glossary=[{"term": text("conta", "gasket"), "definition": text("Halka.", "A ring.")}]))
    assert found == {"glossary"}


def _drawn(turkish_words: str, english: str | None) -> set[str]:
    """The rules that are broken by a drawing with these words; None when both languages have one file."""
    frame = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><text>{}</text></svg>'

    def change(raw: Raw) -> None:
        if english is None:
            raw["units"][0]["blocks"][1]["file"] = {"tr": "tek-hat.svg"}

    media = {"tek-hat.svg": frame.format(turkish_words).encode(), "tek-hat.en.svg": frame.format(english).encode()}
    return rules(changed(change), MEDIA | media)


def test_words_in_drawings_are_translated_and_their_numbers_equal() -> None:
    assert _drawn("Şarj ünitesi 1,5 kW", "Charging unit 1.5 kW") == set()
    assert _drawn("Şarj ünitesi", "Şarj ünitesi") == {"drawing-language"}
    assert _drawn("Kesici panoda", None) == {"drawing-language"}
    assert _drawn("L1 PE RDC-DD 40 A", None) == set()
    assert _drawn("Kesici 40 A", "Breaker 32 A") == {"drawing-numbers"}


@pytest.mark.parametrize("alt", ["tek-hat.en.svg", "Square", "drawing"])
def test_a_description_is_a_sentence_and_not_a_name(alt: str) -> None:
    def change(raw: Raw) -> None:
        raw["units"][0]["blocks"][1]["alt"]["en"] = alt

    assert rules(changed(change)) == {"alt"}


def test_a_film_without_captions_is_found() -> None:
    def change(raw: Raw) -> None:
        del raw["units"][0]["blocks"][3]["captions"]["en"]

    assert rules(changed(change)) == {"captions"}


@pytest.mark.parametrize("address", ["form.docx", "../x", "http://ornek.example", "#yok", "https://", "javascript:x"])
def test_a_link_that_leads_nowhere_is_found(address: str) -> None:
    assert said(f"[Form]({address})", f"[Form]({address})") == {"links"}


@pytest.mark.parametrize("address", ["https://ornek.example/a?b=1", "#gorev", "mailto:a@ornek.example"])
def test_a_link_that_leads_somewhere_passes(address: str) -> None:
    assert said(f"[Form]({address})", f"[Form]({address})") == set()
    assert said(f"[Form]({address})", "Form") == {"links-differ"}


def _number(value: float = 15.9, tolerance: float = 0.2) -> set[str]:
    """The rules that are broken by a number question."""
    explained = text("Sonuç 15,9 A.", "The result is 15.9 A.")
    asked = question(4, "number", value=value, tolerance=tolerance, unit="A", explanation=explained)

    def change(raw: Raw) -> None:
        raw["units"][0]["questions"][3] = {**asked, "translation": raw["units"][0]["questions"][3]["translation"]}

    return rules(changed(change))


def test_the_explanation_of_a_number_question_arrives_at_its_answer() -> None:
    assert _number() == set()
    assert _number(value=16.9) == {"answer"}
    assert _number(value=16, tolerance=0.5) == set()


def test_a_tolerance_accepts_rounding_and_nothing_else() -> None:
    assert _number(tolerance=5.0) == {"tolerance"}
    assert _number(tolerance=0.0) == {"tolerance"}


def test_every_outcome_is_taught_asked_practised_and_looked_at() -> None:
    more = {"id": "o2", "text": text("Panoyu kurar.", "Builds."), "you": text("Kurarsınız.", "You build.")}
    found = rules(course(outcomes=[*course().model_dump(mode="json")["outcomes"], more]))
    assert found == {"outcome-unit", "outcome-question", "outcome-plan", "outcome-criterion"}


@pytest.mark.parametrize(("minutes", "fits"), [(90, True), (20, False), (600, False)])
def test_planned_minutes_fit_what_there_is_to_do(minutes: int, *, fits: bool) -> None:
    assert ("reading-time" in rules(course(units=[unit(minutes=minutes)]))) is not fits


def test_a_sentence_that_nobody_can_hold_is_a_warning() -> None:
    assert said("Bir iki üç. " * 20, "One two three. " * 20) == set()
    assert "sentence-length" in said("Kısa.", "and then ".join(["one more thing "] * 14) + "ends.")


def test_abbreviations_lists_and_tables_do_not_make_a_sentence_longer() -> None:
    assert sentences("- Bir şey\n- Başka şey\n\n| a | b |\n| --- | --- |") == ("- Bir şey", "- Başka şey")


def test_readability_falls_with_long_words_and_sentences() -> None:
    easy, hard = "Kabloyu kes. Ucu sık. " * 25, "Doğrulanamayacaklarındandırlar uygulanabilirliklerinden " * 50
    assert (ease(easy, "tr") or 0) > 80 > 0 > (ease(hard, "tr") or 0)
    assert (ease("Cut the wire. Bend the end. " * 20, "en") or 0) > 80
    assert ease("Kısa metin.", "tr") is None


def test_each_part_has_a_state_in_each_language() -> None:
    assert {each.state for each in states(course())} == {"reviewed"}
    raw = course().model_dump(mode="json")
    raw["units"][0]["blocks"][0]["body"]["tr"] += " Yeni."
    raw["units"][0]["blocks"][8].update(title=text("Önce", ""), text=text("Kesin.", ""), translation=None)
    raw["units"][0]["blocks"][7]["translation"]["state"] = "draft"
    document = CourseDocument.model_validate(raw)
    found = language_states(document)["en"]
    assert (found.stale, found.missing, found.draft, found.percent) == (1, 1, 1, found.reviewed * 100 // found.total)
    assert language_states(document)["tr"].percent == 100


def test_the_policy_says_of_every_rule_whether_it_blocks() -> None:
    assert {rule.effect for rule in RULES.values()} == {"block", "warn"}
    raw = course().model_dump(mode="json")
    raw["units"][0]["blocks"][0]["body"]["tr"] += " Yeni."
    raw["units"][0]["blocks"][7]["title"]["en"] = ""
    severities = {"block": "error", "warn": "warning"}
    found = [each for each in findings(CourseDocument.model_validate(raw)) if each.rule.startswith("translation")]
    assert {each.rule for each in found} == {"translation-stale", "translation-missing"}
    assert all(severities[RULES[each.rule].effect] == each.severity for each in found)
