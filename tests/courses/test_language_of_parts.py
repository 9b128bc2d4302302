"""Where a Spanish page still shows English words, it says so, so that they are read out in English."""

from courses.delivery.contexts import as_source, words_of
from curriculum.editions.read import FrozenPage


def page(**versions):
    return FrozenPage("uid", "curriculum", {code: {"language": code, **data} for code, data in versions.items()}, {})


def test_fields_that_are_not_translated_are_named():
    told = page(en={"job": "Custodian", "from": "Draft."}, es={"job": "Custodian", "from": "Borrador."})
    assert as_source(told, told.versions["es"], ("job", "from", "not there")) == ["job"]
    assert as_source(told, told.versions["en"], ("job", "from")) == []


def test_a_meaning_that_is_not_translated_says_its_language():
    english = [
        {"term": "PPE", "word": "PPE", "meaning": "Gear"},
        {"term": "steward", "word": "steward", "meaning": "Who"},
    ]
    spanish = [
        {"term": "PPE", "word": "EPP", "meaning": "Equipo"},
        {"term": "steward", "word": "delegado(a)", "meaning": "Who"},
        {"term": "mop", "word": "mopa"},
    ]
    told = page(en={"glossary": english}, es={"glossary": spanish})
    assert words_of(told, told.versions["es"]) == [spanish[0], {**spanish[1], "meaning_language": "en"}]
    assert words_of(told, told.versions["en"]) == english
