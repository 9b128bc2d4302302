"""A lesson in two languages side by side: the same agreed words, under the same notices, at both kinds of address."""

import pytest

from courses.delivery import pairing
from curriculum.editions.read import FrozenPage
from curriculum.models import LessonPage
from curriculum.review.actions.laying import lay, take_away, tell_readers, warn
from curriculum.review.enums import NoticeKind
from tests.courses.reading import label_of, next_release, page
from tests.factories import change
from tests.review.dangers import BLOCK, OTHER, lesson_of

BOTH = {"en": "/both/tst/t1/t1-1/", "es": "/es/both/tst/t1/t1-1/"}
LESSON = "/curricula/tst/t1/t1-1/"
TEXTS = {"en": "Ask your instructor first.", "es": "Pregunte antes a su instructor."}


def told(soup):
    """[[(language, words), ...] of each pair of blocks]."""
    pairs = [pair for pair in soup.select(".pair") if pair.select(".block")]
    return [[(one.find_parent(lang=True)["lang"], one.text.strip()) for one in pair.select(".block")] for pair in pairs]


def test_each_paragraph_stands_beside_its_translation_the_language_of_the_address_first(client, released):
    english, spanish = page(client, BOTH["en"]), page(client, BOTH["es"])
    assert told(english) == [
        [("en", "Wear gloves."), ("es", "Use guantes.")],
        [("en", "The second paragraph."), ("es", "El segundo párrafo.")],
    ]
    assert told(spanish) == [list(reversed(pair)) for pair in told(english)]
    assert (english.html["lang"], spanish.html["lang"]) == ("en", "es")
    assert english.h1.text == "Lesson T1.1" and english.select_one(".second-title")["lang"] == "es"
    assert [link["href"] for link in english.select(".languages a")] == [BOTH["es"]]
    for soup in (english, spanish):
        ids = [one["id"] for one in soup.select("[id]")]
        assert len(ids) == len(set(ids)) and f"b-{BLOCK}" in ids and soup.select_one(".sample-line")


def test_it_is_found_from_the_lesson_and_by_no_search_engine(client, released):
    lesson = page(client, LESSON)
    assert lesson.select_one(".comforts a")["href"] == BOTH["en"]
    assert page(client, f"/es{LESSON}").select_one(".comforts a")["href"] == BOTH["es"]
    response = client.get(BOTH["es"])
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Link"] == f'</es{LESSON}>; rel="canonical"'
    assert response.headers["Content-Language"] == "es" and client.post(BOTH["es"]).status_code == 405


def test_a_page_in_one_language_is_read_as_it_is(client, released):
    for one in ("t1/t1-2/", "t1/glove-check/", "t1/"):
        assert client.get(f"/both/tst/{one}").headers["Location"] == f"/curricula/tst/{one}"
        assert not page(client, f"/curricula/tst/{one}").select(".comforts a")
    assert client.get("/es/both/tst/t1/t1-2/").headers["Location"] == "/es/curricula/tst/t1/t1-2/"
    missing = client.get("/es/both/tst/t1/no-such/")
    assert missing.status_code == 404 and 'lang="es"' in missing.content.decode()
    assert client.get("/both/other/t1/t1-1/").status_code == 404


def test_what_nobody_agreed_on_is_not_there_and_warm_it_costs_no_query(
    client, released, module, cast, django_assert_num_queries
):
    change(LessonPage.objects.child_of(module).first(), "A draft nobody agreed on.", cast["designer"])
    for encoding in ("br", "gzip", "identity"):
        client.get(BOTH["en"], headers={"accept-encoding": encoding})
        with django_assert_num_queries(0):
            response = client.get(BOTH["en"], headers={"accept-encoding": encoding})
        assert response.headers.get("Content-Encoding", "identity") == encoding
    assert "Wear gloves." in response.content.decode() and "draft" not in response.content.decode()
    again = client.get(BOTH["en"], headers={"accept-encoding": encoding, "if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


def test_an_older_course_text_keeps_its_words_and_leads_to_the_newer(
    client, released, module, curriculum, cast, committed
):
    old = label_of(released)
    committed(next_release, module, curriculum, cast)
    assert "Wear clean gloves." in page(client, BOTH["en"]).text
    older = page(client, f"/es/both/tst/releases/{old}/t1/t1-1/")
    assert told(older)[0] == [("es", "Use guantes."), ("en", "Wear gloves.")]
    assert older.select_one(".banner-older a")["href"] == f"/es{LESSON}"
    assert {f"/releases/{old}/" in link["href"] for link in older.select(".crumbs a, .pager a, .comforts a")} == {True}
    lesson = page(client, f"/curricula/tst/releases/{old}/t1/t1-1/")
    assert lesson.select_one(".comforts a")["href"] == f"/both/tst/releases/{old}/t1/t1-1/"


def test_a_notice_stands_here_too_at_once_each_in_its_language(client, released, module, cast, committed):
    client.get(BOTH["en"])
    uids = {"module_uid": module.uid, "page_uid": lesson_of(module).uid}
    notice = committed(warn, **uids, by=cast["coordinator"], texts=TEXTS, block_id="")
    assert TEXTS["en"] in page(client, BOTH["en"]).text and TEXTS["es"] in page(client, BOTH["es"]).text
    committed(take_away, notice=notice, by=cast["coordinator"])
    assert TEXTS["en"] not in page(client, BOTH["en"]).text

    def lay_one(**more):
        lay(**uids, **more)
        tell_readers(module.uid)

    older = {code: {"text": f"Older in {code}."} for code in TEXTS}
    committed(lay_one, kind=NoticeKind.OLDER, texts=older, language="es")
    soup = page(client, BOTH["en"])
    banner = next(one for one in soup.select(".banner") if "Older in es." in one.text)
    assert banner.find_parent(lang=True)["lang"] == "es" and "Older in en." not in soup.text


def test_a_page_that_is_not_shown_is_not_shown_here_in_either_language(client, released, module, committed):
    client.get(BOTH["en"])

    def hide():
        texts = {code: {"text": words} for code, words in TEXTS.items()}
        lay(
            kind=NoticeKind.WITHDRAWN,
            module_uid=module.uid,
            page_uid=lesson_of(module).uid,
            texts=texts,
            language="es",
        )
        tell_readers(module.uid)

    committed(hide)
    for address in BOTH.values():
        response = client.get(address)
        assert response.status_code == 302 and b"gloves" not in response.content
    assert "Use guantes." not in client.get(f"/es{LESSON}").content.decode()


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("ab", "ab", ["aa", "bb"]),
        ("ab", "ba", ["aa", "bb"]),
        ("ab", "b", ["a-", "bb"]),
        ("b", "axbyz", ["-a", "-x", "bb", "-y", "-z"]),
        ("", "a", ["-a"]),
    ],
)
def test_blocks_pair_by_id_and_not_one_is_lost(first, second, expected):
    def blocks(ids):
        return [{"id": one, "type": "text", "value": ""} for one in ids]

    found = pairing.pairs(blocks(first), blocks(second))
    assert ["".join(one["id"] if one else "-" for one in pair) for pair in found] == expected


def test_the_source_stands_beside_every_other_language():
    one = FrozenPage("uid", "lesson", {"en": {}, "es": {}, "hy": {}}, {})
    assert [pairing.beside(one, code) for code in ("en", "es", "hy", "ko")] == ["es", "en", "en", ""]
    assert pairing.beside(FrozenPage("uid", "lesson", {"en": {}}, {}), "en") == ""


def test_ids_inside_a_block_are_told_apart_too():
    block = {"id": BLOCK, "type": "steps", "value": [{"id": OTHER, "value": "<p>Rinse.</p>"}]}
    assert pairing.apart(block, "es") == {
        "id": f"{BLOCK}-es",
        "type": "steps",
        "value": [{"id": f"{OTHER}-es", "value": "<p>Rinse.</p>"}],
    }
