"""One content, one digest: on every installation, in whatever order, form and row it came."""

import unicodedata
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from assessments.models import AssessmentPage
from curriculum.editions.diff import text_of
from curriculum.editions.portable import canonical, digest, dump, load, normal
from curriculum.models import CurriculumPage, GlossaryTerm, LessonPage, ModulePage, StandardFramework, StandardItem
from tests.curriculum.strategies import lessons
from tests.factories import add, lesson_data, text

with_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

#: Any content in JSON's shapes, without floats.
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(st.text(max_size=4), values, max_size=5)


def loaded(data, kind=LessonPage, **fields):
    """A page of this content that was never saved."""
    page = kind(locale=Locale.get_default(), **fields)
    load(page, data)
    return page


def letters(body):
    """Every letter of a body, sorted: fields may come in another order."""
    return sorted("".join(unicodedata.normalize("NFC", text_of(body)).split()))


def turned_round(value):
    """The same content with every object's keys the other way round."""
    if isinstance(value, dict):
        return {key: turned_round(value[key]) for key in reversed(value)}
    return [turned_round(item) for item in value] if isinstance(value, list) else value


def in_form(value, form):
    """The same content with every text in another Unicode form."""
    if isinstance(value, dict):
        return {key: in_form(item, form) for key, item in value.items()}
    if isinstance(value, list):
        return [in_form(item, form) for item in value]
    return unicodedata.normalize(form, value) if isinstance(value, str) else value


def padded(value):
    """The same content with nothing said at length: every object also has what is empty."""
    if isinstance(value, dict):
        empties = {"\x01a": "", "\x01b": None, "\x01c": [], "\x01d": {}, "\x01e": False, "\x01f": {"x": {"y": ""}}}
        return {key: padded(item) for key, item in value.items()} | empties
    return [padded(item) for item in value] if isinstance(value, list) else value


@given(records)
def test_the_order_of_keys_does_not_matter(data):
    assert canonical(turned_round(data)) == canonical(data)


@given(records.map(lambda data: {"text": data, "name": "Lección de ética"}))
def test_how_letters_are_composed_does_not_matter(data):
    assert digest(in_form(data, "NFD")) == digest(in_form(data, "NFC"))


@given(records)
def test_absent_and_empty_are_the_same(data):
    assert digest(padded(data)) == digest(data)


@given(records)
def test_normal_form_is_final_and_different_content_differs(data):
    assert normal(normal(data)) == normal(data)
    assert digest({**data, "\x01": "one"}) != digest({**data, "\x01": "two"})


@pytest.mark.parametrize("number", [0.5, 1.0, float("nan"), Decimal("0.5"), b"bytes", {1, 2}])
def test_what_a_machine_would_round_is_refused(number):
    with pytest.raises(TypeError, match="no portable form"):
        canonical({"hours": [{"classroom": number}]})


@with_database
@given(lessons)
def test_loading_what_was_dumped_gives_the_same(db, data):
    uid = "2f1c0a9e-0000-4000-8000-000000000001"
    first = dump(loaded(data, translation_key=uid))
    again = dump(loaded(first, translation_key=uid))
    assert again == first
    assert digest(again) == digest(first)
    assert [(block["id"], block["type"]) for block in first.get("body", [])] == [
        (block["id"], block["type"]) for block in data["body"]
    ]
    assert letters(first.get("body")) == letters(data["body"])


@with_database
@given(lessons)
def test_the_database_gives_back_what_it_got(module, data):
    page = LessonPage.objects.child_of(module).first()
    load(page, {**data, "slug": "here"})
    page.save()
    assert dump(LessonPage.objects.get(pk=page.pk)) == dump(page)


@pytest.mark.parametrize("kind", [ModulePage, LessonPage, AssessmentPage, CurriculumPage])
def test_every_kind_of_page_comes_back(curriculum, kind):
    for page in kind.objects.all():
        data = dump(page)
        other = kind(locale=page.locale, translation_key=page.translation_key)
        load(other, data)
        assert dump(other) == {key: value for key, value in data.items() if key != "children"}


def picture(name, color="white"):
    return get_image_model().objects.create(title=name, file=get_test_image_file(f"{name}.png", colour=color))


def everything(module, image, document, term, item):
    """A lesson that points at a row of every kind."""
    link = f'<p>See <a data-uid="{module.uid}">gloves</a>.</p>'
    media = {"sha256": image.sha256}
    return lesson_data(
        "T1.9",
        glossary=[term.term],
        alignments=[{"framework": item.framework.key, "item": item.code, "note": "In part."}],
        body=[
            text(1, link),
            {"id": "i", "type": "image", "value": {"image": media, "alt": "Gloves"}},
            {"id": "d", "type": "document", "value": {"file": {"sha256": document.sha256}, "text": "<p>Paper</p>"}},
        ],
    )


@pytest.fixture
def rows(db):
    framework = StandardFramework.objects.create(key="f", title="Framework", version="1")
    return (
        picture("gloves"),
        get_document_model().objects.create(title="Paper", file=ContentFile(b"paper", "paper.txt")),
        GlossaryTerm.objects.create(term="glove", meanings={"en": "For hands."}),
        StandardItem.objects.create(framework=framework, code="1.1", statement="Wears gloves."),
    )


def test_the_same_content_on_other_rows_has_the_same_digest(module, cast, rows):
    data = everything(module, *rows)
    uid = "2f1c0a9e-0000-4000-8000-000000000009"
    first = add(module, LessonPage(translation_key=uid), data, cast["designer"])
    snapshot = dump(first)
    assert snapshot["body"][1]["value"]["image"]["sha256"] == rows[0].sha256
    assert snapshot["glossary"] == [{"term": "glove", "word": "glove", "meaning": "For hands."}]
    assert snapshot["alignments"][0]["statement"] == "Wears gloves."
    old = [first.pk, *(row.pk for row in rows)]
    framework = rows[-1].framework
    first.delete()
    framework.delete()
    for row in rows[:-1]:
        type(row).objects.all().delete()
    framework.save(force_insert=True)
    rows[-1].framework = framework
    for row in rows:
        row.pk = None
        row.save(force_insert=True)
    second = add(module, LessonPage(translation_key=uid), data, cast["designer"])
    assert not {second.pk, second.body[1].value["image"].pk} & set(old)
    assert digest(dump(second)) == digest(snapshot)


def test_what_is_shown_is_in_the_digest(module, cast, rows):
    image, _document, term, item = rows
    page = add(module, LessonPage(), everything(module, *rows), cast["designer"])
    seen = {digest(dump(page))}

    def differs():
        count = len(seen)
        seen.add(digest(dump(LessonPage.objects.get(pk=page.pk))))
        return len(seen) > count

    image.file = get_test_image_file("gloves.png", colour="red")
    image.save()
    assert differs(), "a replaced picture"
    image.credit = "A. Quiroga"
    image.save()
    assert differs(), "its credit"
    GlossaryTerm.objects.update(meanings={"en": "For two hands."})
    assert differs(), "the meaning of a word"
    StandardItem.objects.update(statement="Wears clean gloves.")
    assert differs(), "the wording of a standard"


def test_saving_untouched_in_the_editor_does_not_change_the_digest(module, cast):
    page = add(module, LessonPage(), lesson_data("T1.9", words="Wear <b>gloves</b>."), cast["designer"])
    before = digest(dump(page))
    raw = page.body.get_prep_value()
    raw[0]["value"] = '<p data-block-key="a1b2c">Wear <b>gloves</b>.</p><p data-block-key="d3e4f"></p>'
    page.body = page.body.stream_block.to_python(raw)
    page.save()
    assert digest(dump(LessonPage.objects.get(pk=page.pk))) == before


def test_a_link_inside_the_library_goes_by_uid(module, cast):
    words = f'See <a data-uid="{module.uid}">gloves</a>.'
    page = add(module, LessonPage(), lesson_data("T1.9", words=words), cast["designer"])
    assert f'linktype="page" id="{module.pk}"' in page.body.get_prep_value()[0]["value"]
    assert dump(page)["body"][0]["value"] == f"<p>{words}</p>"


def test_a_link_to_what_is_not_here_leaves_its_words(module, cast):
    words = 'See <a data-uid="2f1c0a9e-0000-4000-8000-00000000ffff">gloves</a>.'
    page = add(module, LessonPage(), lesson_data("T1.9", words=words), cast["designer"])
    assert dump(page)["body"][0]["value"] == "<p>See gloves.</p>"


def test_a_break_does_not_stop_the_editor(client, module, cast):
    page = add(module, LessonPage(), lesson_data("T1.9", words="One<br>two"), cast["designer"])
    client.force_login(cast["designer"])
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert dump(page)["body"][0]["value"] == "<p>One<br>two</p>"


def test_dumping_costs_the_same_with_one_block_and_with_three(module, cast, rows):
    def cost(times):
        data = everything(module, *rows)
        data["body"] = [{**block, "id": f"{time}{block['id']}"} for time in range(times) for block in data["body"]]
        page = add(module, LessonPage(slug=f"times-{times}"), {**data, "slug": ""}, cast["designer"])
        page = LessonPage.objects.select_related("locale").get(pk=page.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            dump(page)
        return len(queries)

    picture("red", "red")
    assert cost(1) == cost(3) <= 10
