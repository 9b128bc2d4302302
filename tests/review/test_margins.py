"""Talk on the screens: beside the text, in the room, on its own forms; and the same cost however much was said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from curriculum.models import LessonPage
from curriculum.review.actions import answer_comment, comment, put_newer_text, reply, sign, submit, withdraw
from curriculum.review.models import Checker, Entry
from curriculum.review.passages import passages_of
from curriculum.review.placing import put_beside
from curriculum.review.proposal import Proposal
from home.demo.cast import CAST
from tests.factories import change, release, save, text
from tests.review.screens import client_of, posted, room, soup, words

BLOCK, SECOND = text(1, "")["id"], text(2, "")["id"]
EVERYBODY = tuple(part.username for part in CAST)
SEATED = {"labor1", "labor2", "management1", "management2"}
WRITERS = {"designer", "designer2", "coordinator", "admin"}


@pytest.fixture
def lesson(module):
    return LessonPage.objects.child_of(module).first()


@pytest.fixture
def submission(module, lesson, cast):
    return submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))


def say(submission, lesson, by, said="Which gloves?", block=BLOCK, **more):
    place = {"page": lesson.uid, "block": block, "reading": "en", "language": "en"}
    return comment(submission=submission, by=by, words=said, **{**place, **more})


def page_url(submission, lesson, query="?language=en"):
    return reverse("review_page", args=[submission.pk, lesson.uid]) + query


def act_url(submission, entry, act):
    return reverse("review_act", args=[submission.pk, entry.digest, act])


def comment_url(submission, lesson, block=BLOCK):
    return reverse("review_comment_page", args=[submission.pk, lesson.uid]) + f"?block={block}&in=en"


def test_every_block_has_a_quiet_way_to_comment(submission, lesson, cast):
    page = soup(client_of(cast["labor2"]).get(page_url(submission, lesson)))
    ways = page.select(".lesson-body .talk-here a")
    assert len(ways) == 2 and "Wear gloves." in ways[0].get_text()
    first = page.find(id=f"b-{BLOCK}")
    assert first.find_next_sibling(class_="margin").a["href"] == ways[0]["href"]
    inline = soup(client_of(cast["labor2"]).get(f"{room(submission)}?language=en"))
    assert f"t-{lesson.uid[:8]}-{BLOCK}" in {one["id"] for one in inline.select(".margin[id]")}


def test_a_criterion_has_its_way_inside_its_line(submission, module, cast):
    check = module.get_children().last().specific
    page = soup(client_of(cast["labor2"]).get(page_url(submission, check)))
    line = page.find(id="b-00000000-0000-4000-8000-00000000000a")
    assert line.name == "li" and line.select_one(".talk-here a")


def test_a_changed_block_has_its_way_too(submission, lesson, cast):
    change(lesson, "Wear clean gloves.", cast["designer"])
    newer = put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="Clean."))
    page = soup(client_of(cast["labor2"]).get(f"{room(newer)}?language=en&since=round"))
    assert page.select_one(f"#c-{BLOCK} .talk-here a")


def test_what_is_taken_out_is_talked_about_too(curriculum, lesson, module, cast):
    release(curriculum, cast)
    for page in LessonPage.objects.filter(translation_key=lesson.translation_key):
        page.body = page.body.stream_block.to_python(page.body.get_prep_value()[:1])
        save(page, cast["designer"])
    LessonPage.objects.child_of(module).last().delete()
    shorter = submit(page=module, by=cast["designer"], proposal=Proposal(note="Shorter."))
    client = client_of(cast["labor2"])
    shown = soup(client.get(f"{room(shorter)}?language=en"))
    ways = [one["href"] for one in shown.select(f"#c-{SECOND} .talk-here a, .page-change.is-removed .talk-here a")]
    assert len(ways) == 2
    for way in ways:
        assert client.get(way).status_code == 200
        assert client.post(way, {"words": "Keep this.", "language": "en"}).status_code == 302
    room_again = soup(client.get(f"{room(shorter)}?language=en"))
    assert "Keep this." in room_again.select_one(f"#c-{SECOND}").get_text()
    assert "Keep this." in room_again.select_one(".page-change.is-removed").get_text()
    assert "Keep this." in words(client.get(page_url(shorter, lesson)))
    answer = soup(
        client_of(cast["designer"]).get(act_url(shorter, Entry.objects.filter(kind="comment").first(), "answer"))
    )
    assert not answer.select("[name=put_in]")


def test_commenting_without_script_from_block_to_record_and_back(submission, lesson, cast):
    client = client_of(cast["labor2"])
    way = soup(client.get(page_url(submission, lesson))).select_one(".lesson-body .talk-here a")["href"]
    screen = client.get(way)
    text_ = words(screen)
    assert "This stays in the record" in text_
    assert "Not for grievances, discipline or bargaining" in text_
    form = posted(soup(screen).select_one("form.talk-form"))
    assert form["suggestion"] == ["Wear gloves."] and form["language"] == ["en"]
    done = client.post(way, {**form, "words": "Which gloves?", "suggestion": "Wear nitrile gloves."})
    assert done["Location"] == f"{page_url(submission, lesson)}#t-{lesson.uid[:8]}-{BLOCK}"
    shown = soup(client.get(page_url(submission, lesson)))
    thread = shown.select_one(f"#t-{lesson.uid[:8]}-{BLOCK} .thread")
    assert "Which gloves?" in thread.get_text() and "Lamar Jefferson" in thread.get_text()
    assert [one.get_text() for one in thread.select("ins")] == ["nitrile "]
    entry = Entry.objects.get()
    assert entry.side == "labor" and entry.language == "en"


def test_wording_left_as_it_is_suggests_nothing(submission, lesson, cast):
    client = client_of(cast["labor2"])
    data = {"words": "Good.", "suggestion": "Wear gloves.\r\n", "language": "en"}
    assert client.post(comment_url(submission, lesson), data).status_code == 302
    assert Entry.objects.get().texts == {"words": "Good."}


def test_saying_nothing_is_asked_again(submission, lesson, cast):
    client = client_of(cast["labor2"])
    data = {"words": " ", "suggestion": "Wear gloves.", "language": "en"}
    refused = client.post(comment_url(submission, lesson), data)
    assert refused.status_code == 422 and "Nothing was sent yet" in words(refused)
    assert not Entry.objects.exists()


def test_words_come_escaped_wherever_they_are_shown(submission, lesson, cast):
    bad = '<script>alert(1)</script><b onclick="x">'
    entry = say(submission, lesson, cast["labor2"], bad, suggestion=f"Wear {bad}")
    reply(submission=submission, comment=entry, by=cast["management1"], words=bad)
    answer_comment(
        submission=submission, comment=entry, by=cast["designer"], disposition="adapted", words=bad, wording=bad
    )
    comment(submission=submission, by=cast["labor1"], words=bad)
    client = client_of(cast["designer"])
    addresses = [page_url(submission, lesson), f"{room(submission)}?language=en", act_url(submission, entry, "answer")]
    addresses += [reverse("wagtailadmin_pages:edit", args=[lesson.pk])]
    for address in addresses:
        html = client.get(address).content.decode()
        assert "&lt;script&gt;alert(1)" in html, address
        assert "<script>alert(1)" not in html and '<b onclick="x">' not in html, address


@pytest.mark.usefixtures("screens_in_english")
def test_the_room_lists_what_was_said_with_ways_there(submission, lesson, cast):
    entry = say(submission, lesson, cast["labor2"])
    comment(submission=submission, by=cast["management1"], words="A good text.")
    answer_comment(submission=submission, comment=entry, by=cast["designer"], disposition="deferred", words="In May.")
    page = soup(client_of(cast["labor1"]).get(f"{room(submission)}?language=en"))
    section = page.find(id="talk").find_parent("section")
    said = " ".join(section.get_text(" ").split())
    assert "A good text." in said and "Later" in said and "Lamar Jefferson , for labor" in said.replace(",", " ,")
    link = section.select_one(".talk-list a")
    assert link["href"].endswith(f"#t-{lesson.uid[:8]}-{BLOCK}") and "Wear gloves." in link.get_text()


def test_what_was_said_about_english_stands_beside_the_spanish_and_says_so(submission, lesson, cast):
    say(submission, lesson, cast["labor2"])
    page = soup(client_of(cast["labor2"]).get(page_url(submission, lesson, "?language=es")))
    thread = page.select_one(".thread")
    assert "about the text in: English" in thread.get_text()
    assert thread.select_one(".said-words")["lang"] == "en"


def test_who_finds_the_ways_to_talk(submission, lesson, cast):
    Checker.objects.create(committee=submission.committee, person=cast["mentor1"].person, kind="expert")
    entry = say(submission, lesson, cast["labor2"])
    talkers = SEATED | WRITERS | {"mentor1"}
    screens = {
        reverse("review_comment", args=[submission.pk]): talkers,
        comment_url(submission, lesson): talkers,
        reverse("review_refer", args=[submission.pk]): talkers,
        act_url(submission, entry, "reply"): talkers,
        act_url(submission, entry, "translate"): talkers,
        act_url(submission, entry, "correct"): talkers,
        act_url(submission, entry, "refer"): talkers,
        act_url(submission, entry, "answer"): WRITERS,
    }
    for url, allowed in screens.items():
        codes = {name: client_of(cast[name]).get(url).status_code for name in EVERYBODY}
        assert {name for name, code in codes.items() if code == 200} == allowed, url
        assert {code for name, code in codes.items() if name not in allowed} == {404}, url
        assert client_of(None).get(url).status_code == 302
    before = Entry.objects.count()
    for url, allowed in screens.items():
        data = {"words": "Let me.", "language": "es", "disposition": "accepted"}
        outside = {client_of(cast[name]).post(url, data).status_code for name in EVERYBODY if name not in allowed}
        assert outside <= {404, 409}, url
    assert Entry.objects.count() == before


def test_the_auditor_reads_and_is_offered_nothing(submission, lesson, cast):
    say(submission, lesson, cast["labor2"])
    page = soup(client_of(cast["auditor"]).get(page_url(submission, lesson)))
    assert "Which gloves?" in page.get_text() and not page.select(".talk-here, .talk-ways a")


def test_a_place_that_is_not_there_is_not_found(submission, lesson, cast):
    client = client_of(cast["labor2"])
    nowhere = "00000000-0000-4000-8000-00000000dead"
    assert client.get(comment_url(submission, lesson, nowhere)).status_code == 404
    assert client.get(reverse("review_comment_page", args=[submission.pk, nowhere])).status_code == 404
    assert client.get(reverse("review_act", args=[submission.pk, "0" * 64, "reply"])).status_code == 404


def test_coming_too_late_keeps_the_words(submission, lesson, cast):
    entry = say(submission, lesson, cast["labor2"])
    withdraw(submission=submission, by=cast["designer"])
    client = client_of(cast["management1"])
    for url in (comment_url(submission, lesson), act_url(submission, entry, "reply")):
        assert client.get(url).status_code == 404
        late = client.post(url, {"words": "One more thing.", "language": "en"})
        assert late.status_code == 409 and "This review has ended already" in words(late)
        assert soup(late).select_one("textarea[readonly]").get_text() == "One more thing."
    page = soup(client.get(page_url(submission, lesson)))
    assert "Which gloves?" in page.get_text() and not page.select(".talk-here, .talk-ways a")


def test_the_way_back_never_leads_elsewhere(submission, lesson, cast):
    client = client_of(cast["labor2"])
    for elsewhere in ("https://example.org/", "//example.org/", "/admin/", "javascript:alert(1)"):
        data = {"words": "Good.", "language": "en", "next": elsewhere}
        done = client.post(reverse("review_comment", args=[submission.pk]), data)
        assert done["Location"].startswith(room(submission))


def test_the_designer_takes_a_suggestion_in_one_step(submission, lesson, cast):
    entry = say(submission, lesson, cast["labor2"], suggestion="Wear nitrile gloves.")
    client = client_of(cast["designer"])
    page = soup(client.get(page_url(submission, lesson)))
    assert [way.get_text() for way in page.select(".thread > .talk-ways a")] == [
        "Answer",
        "Reply",
        "Refer to the parties",
    ]
    screen = soup(client.get(act_url(submission, entry, "answer")))
    assert [one.get_text() for one in screen.select(".suggested ins")] == ["nitrile "]
    assert [label.get_text(strip=True) for label in screen.select("fieldset label")] == [
        "Take it",
        "Take it in other words",
        "Not this time",
        "Later",
    ]
    data = posted(screen.select_one("form.talk-form"))
    assert data["put_in"] == ["on"]
    done = client.post(act_url(submission, entry, "answer"), {**data, "disposition": "accepted"}, follow=True)
    assert "Your answer is in the record" in words(done)
    assert LessonPage.objects.get(pk=lesson.pk).body[0].value.source == "<p>Wear nitrile gloves.</p>"
    shown = soup(client_of(cast["labor2"]).get(page_url(submission, lesson))).select_one(".thread .became")
    assert "Taken as it is" in shown.get_text()


def test_where_the_draft_moved_on_the_editor_opens_at_the_block_and_says_why(submission, lesson, cast):
    entry = say(submission, lesson, cast["labor2"], suggestion="Wear nitrile gloves.")
    change(lesson, "Wear clean gloves.", cast["designer2"])
    screen = soup(client_of(cast["designer"]).get(act_url(submission, entry, "answer")))
    assert not screen.select("[name=put_in]") and "reads differently there now" in screen.get_text()
    link = screen.find("a", string="Open the editor at this block")
    assert link["href"] == reverse("wagtailadmin_pages:edit", args=[lesson.pk]) + f"#block-{BLOCK}-section"


def test_a_reason_is_asked_for_where_one_is_needed(submission, lesson, cast):
    entry = say(submission, lesson, cast["labor2"])
    client = client_of(cast["designer"])
    refused = client.post(act_url(submission, entry, "answer"), {"disposition": "declined", "words": ""})
    assert refused.status_code == 422 and "Say in a sentence why" in words(refused)


@pytest.mark.usefixtures("screens_in_english")
def test_in_a_new_round_each_sees_what_became_of_what_they_asked(submission, lesson, cast):
    asked = sign(
        submission=submission,
        by=cast["labor2"],
        position="request_changes",
        digest=submission.digest,
        words="Say which gloves.",
    )
    said = say(submission, lesson, cast["management1"], "Too short.", suggestion="Wear gloves, always.")
    change(lesson, "Wear nitrile gloves.", cast["designer"])
    newer = put_newer_text(submission=submission, by=cast["designer"], proposal=Proposal(note="Nitrile."))
    for entry in (asked, said):
        answer_comment(
            submission=newer,
            comment=entry,
            by=cast["designer"],
            disposition="adapted",
            words="Clearer.",
            wording="Wear nitrile gloves.",
        )
    labor = words(client_of(cast["labor2"]).get(f"{room(newer)}?language=en"))
    assert "In round 1 you asked:" in labor and "Say which gloves." in labor
    assert "Taken in other words : Wear nitrile gloves." in labor.replace("words:", "words :")
    other = soup(client_of(cast["management1"]).get(f"{room(newer)}?language=en"))
    asked_of = [line.get_text() for line in other.select(".became-list .kicker")]
    assert asked_of == ["In round 1 labor asked:", "In round 1 you asked:"]
    page = soup(client_of(cast["labor1"]).get(page_url(newer, lesson)))
    thread = page.select_one(f"#t-{lesson.uid[:8]}-{BLOCK} .thread")
    assert "Said in round 1" in thread.get_text() and "Too short." in thread.get_text()


def test_nothing_became_of_anything_in_a_first_round(submission, cast):
    assert not soup(client_of(cast["labor2"]).get(room(submission))).select(".became-list")


def test_a_request_can_be_talked_about_in_the_room(submission, cast):
    asked = sign(
        submission=submission,
        by=cast["labor2"],
        position="request_changes",
        digest=submission.digest,
        words="Say which gloves.",
    )
    url = act_url(submission, asked, "reply")
    assert url in client_of(cast["management1"]).get(room(submission)).content.decode()
    client_of(cast["management1"]).post(url, {"words": "Any dry ones.", "language": "en"})
    assert "Any dry ones." in words(client_of(cast["labor1"]).get(room(submission)))
    sign(submission=submission, by=cast["labor2"], position="support", digest=submission.digest)
    assert "Any dry ones." in words(client_of(cast["labor1"]).get(room(submission)))


def test_ones_own_words_are_followed_by_a_note_and_others_translated(submission, lesson, cast):
    entry = say(submission, lesson, cast["labor2"])
    mine = client_of(cast["labor2"]).get(page_url(submission, lesson)).content.decode()
    assert act_url(submission, entry, "correct") in mine and act_url(submission, entry, "translate") not in mine
    theirs = client_of(cast["labor1"]).get(page_url(submission, lesson)).content.decode()
    assert act_url(submission, entry, "correct") not in theirs and act_url(submission, entry, "translate") in theirs
    client_of(cast["labor1"]).post(
        act_url(submission, entry, "translate"), {"words": "¿Qué guantes?", "language": "es"}
    )
    shown = soup(client_of(cast["management1"]).get(page_url(submission, lesson)))
    translated = shown.select_one(".said-translation")
    assert "¿Qué guantes?" in translated.get_text() and "Lucía Herrera" in translated.get_text()
    assert translated.select_one(".said-words")["lang"] == "es"


@pytest.mark.usefixtures("screens_in_english")
def test_what_is_referred_reads_so_and_offers_nothing_more(submission, lesson, cast):
    entry = say(submission, lesson, cast["labor2"])
    client = client_of(cast["management1"])
    done = client.post(act_url(submission, entry, "refer"), {"words": "For the contract."}, follow=True)
    assert "Both sides see it" in words(done)
    for name in ("labor1", "management2"):
        thread = soup(client_of(cast[name]).get(page_url(submission, lesson))).select_one(".thread")
        assert "Referred to labor and management" in thread.get_text() and not thread.select(".talk-ways a")
    late = client_of(cast["labor1"]).post(act_url(submission, entry, "reply"), {"words": "But…", "language": "en"})
    assert late.status_code == 409 and "not talked about here" in words(late)
    client.post(reverse("review_refer", args=[submission.pk]), {"words": "Overtime on training days."})
    assert "Overtime on training days." in words(client_of(cast["labor1"]).get(room(submission)))


def test_one_thread_or_three_cost_the_same(submission, lesson, cast, django_assert_num_queries):
    say(submission, lesson, cast["labor2"], suggestion="Wear nitrile gloves.")
    clients = {name: client_of(cast[name]) for name in ("management1", "designer")}
    addresses = (f"{room(submission)}?language=en", page_url(submission, lesson))
    costs = {}
    for name, client in clients.items():
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as counted:
                client.get(address)
            costs[name, address] = len(counted)
    for person in ("labor1", "management2"):
        entry = say(submission, lesson, cast[person], block=SECOND, suggestion="Other words.")
        reply(submission=submission, comment=entry, by=cast["labor2"], words="Yes.")
        answer_comment(submission=submission, comment=entry, by=cast["designer"], disposition="accepted")
        comment(submission=submission, by=cast[person], words="All of it.")
    for (name, address), cost in costs.items():
        with django_assert_num_queries(cost):
            clients[name].get(address)


IDS = [f"00000000-0000-4000-8000-{number:012d}" for number in range(8)]


@given(st.permutations(IDS), st.integers(0, len(IDS)))
def test_beside_follows_blocks_by_id_however_they_are_ordered(order, kept):
    """Property: what hangs on a block is found by its id in a newer text, wherever it stands now, or not at all."""
    shown = order[:kept]
    snapshot = {"body": [{"id": one, "type": "text", "value": f"<p>{one}</p>"} for one in shown]}
    html = "".join(f'<div id="b-{one}"><ul><li>x<li>y</ul></div>' for one in shown)
    assert list(passages_of(snapshot)) == list(shown)
    put = put_beside(html, lambda block: f"[{block}]")
    assert put == "".join(f'<div id="b-{one}"><ul><li>x<li>y</ul></div>[{one}]' for one in shown)


def test_entries_of_lists_keep_theirs_inside():
    step = "00000000-0000-4000-8000-00000000000b"
    html = f'<ol id="b-{IDS[1]}"><li id="b-{step}"><div><p>Pour.</p><br></div></li></ol><h2 id="ab-b-{IDS[2]}">Two</h2>'
    put = put_beside(html, lambda block: f"[{block[-1]}]")
    assert put == (
        f'<ol id="b-{IDS[1]}"><li id="b-{step}"><div><p>Pour.</p><br></div>[b]</li></ol>[1]'
        f'<h2 id="ab-b-{IDS[2]}">Two</h2>[2]'
    )
