"""A module on paper: every word of the lesson, none for instructors, made once, and no older than its warnings."""

from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.delivery import stored
from courses.paper import addresses, finding, forms, kept, pictures
from courses.paper.blocks import plain
from courses.paper.options import Kind, Options
from courses.paper.sheet import Voice, merged
from curriculum.models import LessonPage, ModulePage
from curriculum.review import queries
from curriculum.review.actions import submit
from curriculum.review.actions.laying import lay, tell_readers, warn
from curriculum.review.enums import NoticeKind
from curriculum.review.proposal import Proposal
from tests.browser.every_block import every_block
from tests.courses.pdf import Pdf
from tests.courses.reading import every_byte, label_of, next_release, page
from tests.factories import add, agree, lesson_data, release
from tests.review.dangers import agreed as put_right
from tests.review.dangers import lesson_of, reported

PACKET, TUTOR, MENTOR = "/print/tst/t1/", "/print/tst/t1/tutor/", "/print/tst/t1/mentor/"
FOR_INSTRUCTORS = "Bring two bottles."
TEXTS = {"en": "Ask your instructor first.", "es": "Pregunte antes a su instructor."}


@pytest.fixture
def every_kind(module, curriculum, cast, committed):
    """The first course text of a module whose last lesson has every kind of block, in both languages."""
    get_image_model().objects.create(title="Gloves", file=get_test_image_file("gloves.png"))
    spanish = ModulePage.objects.get(translation_key=module.translation_key, locale__language_code="es")
    flags = ["content_note", "safety_critical"]
    data = {"title": "Every kind", "slug": "every-kind", "body": every_block("en"), "flags": flags}
    lesson = add(module, LessonPage(), lesson_data("T1.3", **data), cast["designer"])
    add(
        spanish,
        LessonPage(translation_key=lesson.translation_key, slug=lesson.slug),
        lesson_data("T1.3", "es", title="Todo tipo", body=every_block("es"), flags=flags),
        cast["designer"],
    )
    return committed(release, curriculum, cast)


def asked(language="en", label=""):
    return finding.find("tst", "t1", language, label)


def papers_kept():
    """Every PDF in the storage of rendered pages."""

    def below(folder):
        folders, files = storages["rendered"].listdir(folder)
        yield from (f"{folder}/{file}" for file in files if file.endswith(".pdf"))
        for inner in folders:
            yield from below(f"{folder}/{inner}" if folder else inner)

    return list(below(""))


def test_the_packet_holds_every_word_with_room_to_write_and_none_for_instructors(client, every_kind, cast):
    client.force_login(cast["outsider"])
    paper = page(client, PACKET)
    for words in ("Wear gloves.", "Take off gloves.", "Do not use it. Ask.", "Rinse the cloth.", "A sheet to print."):
        assert words in paper.text
    assert FOR_INSTRUCTORS not in paper.text and "contact time" not in paper.text
    assert "Not yet confirmed by an expert" in paper.text
    assert {"block-discuss", "block-try_it", "block-scenario", "block-take_home"} <= {
        name for lines in paper.select(".lines") for name in lines.find_previous_sibling("div")["class"]
    }
    assert [one.text.split() for one in paper.select(".choices li")][:2] == [["A", "Gloves"], ["B", "Water"]]
    assert not paper.select(".is-ticked") and "Gloves come first, always." in paper.select_one(".answers").text
    assert "https://example.org/cloth" in paper.text and not paper.select("video, audio, details, input[type=radio]")
    assert paper.select_one(".block-image img")["alt"] == "A drawing of the work"
    names = [one["id"] for one in paper.select("[id]")]
    assert len(names) == len(set(names)) and paper.select_one('nav.contents a[href="#p-3"]')


def test_the_cover_says_who_agreed_and_the_end_under_which_fingerprint(client, released):
    paper, decision = page(client, PACKET), queries.current_release(label_subject(released))
    assert "Sample Local 100" in paper.select_one(".sides").text and "Lucía" not in paper.text
    assert paper.text.count(decision.frozen_id) == 1 and decision.frozen_id[:12] in paper.body["data-foot"]
    assert "SAMPLE" in paper.body["data-head"] and paper.select_one(".sample-line")
    assert paper.select_one(".cover svg") and "127.0.0.1:8000/curricula/tst/t1" in paper.select_one(".cover").text


def label_subject(submission):
    return submission.decisions.exclude(label="").get().subject_uid


def test_an_assessment_is_a_sheet_to_sign(client, released):
    sheet = page(client, PACKET).select_one(".sheet-assessment")
    first, second = sheet.select(".criteria tbody tr")
    assert "must be right" in first.text and first.svg and "must be right" not in second.text
    assert first.text.count("not yet") == 2, "one box for each of the two times in a row"
    assert "You show it 2 times in a row." in sheet.text and "at least 80 of 100" in sheet.text
    assert [row.th.text for row in sheet.select(".signatures tbody tr")] == ["Learner", "Assessor"]


def test_two_who_watch_on_their_own_have_a_sheet_each():
    snapshot = {"language": "en", "method": "scenario", "graded": True, "passing": {"raters": 2}, "criteria": []}
    assert forms.form([Voice("en", snapshot, [])])["raters"] == [1, 2]
    log = snapshot | {"method": "worksite_sign_off"}
    assert forms.form([Voice("en", log, [])])["raters"] == [1], "one log, which both sign"


def test_as_pdf_it_is_tagged_made_once_and_thrown_away_after_a_warning(client, every_kind, module, cast, committed):
    made = client.get(f"{PACKET}packet.pdf")
    assert made.headers["Content-Type"] == "application/pdf" and "no-cache" in made.headers["Cache-Control"]
    pdf = Pdf(made.content)
    assert all(mark in pdf.said for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Marked true", b"/Lang (en)"))
    assert pdf.alternatives == ["A drawing of the work"]
    for words in ("Wear gloves.", "Gloves come first, always.", "must be right", "SAMPLE. No union"):
        assert words in pdf.text
    assert FOR_INSTRUCTORS not in pdf.text and len(made.content) < 400_000

    [file] = papers_kept()
    stored.keep_whole(file, b"%PDF-kept")
    assert client.get(f"{PACKET}packet.pdf").content == b"%PDF-kept"
    assert client.get(f"{PACKET}packet.pdf", headers={"if-none-match": made.headers["ETag"]}).status_code == 304

    lesson = lesson_of(module)
    committed(warn, module_uid=module.uid, page_uid=lesson.uid, by=cast["coordinator"], texts=TEXTS, block_id="")
    again = kept.name(asked(), Kind.PACKET, Options())
    assert again != file and not stored.has(again)
    assert TEXTS["en"] in page(client, PACKET).select_one(".sheet .notice.is-loud").text
    assert TEXTS["es"] in page(client, f"/es{PACKET}").select_one(".sheet .notice.is-loud").text


def test_a_tutor_packet_has_the_answers_and_nothing_for_instructors(client, every_kind, cast):
    paper = page(client, TUTOR)
    assert paper.select_one(".is-ticked").parent.text.split() == ["A", "Gloves", "right", "answer"]
    assert FOR_INSTRUCTORS not in paper.text and not paper.select(".lines")
    for who in ("outsider", "learner1", "mentor1", "assessor1", "labor1", "admin"):
        client.force_login(cast[who])
        assert FOR_INSTRUCTORS not in page(client, TUTOR).text, who


def test_whoever_teaches_gets_the_notes_too_and_they_are_kept_nowhere(client, every_kind, cast):
    client.force_login(cast["instructor1"])
    shown = client.get(TUTOR)
    assert FOR_INSTRUCTORS in shown.content.decode() and shown.headers["Cache-Control"] == "private, no-store"
    assert FOR_INSTRUCTORS not in client.get(PACKET).content.decode() + client.get(MENTOR).content.decode()
    paper = client.get(f"{TUTOR}packet.pdf")
    assert FOR_INSTRUCTORS in Pdf(paper.content).text and paper.headers["Cache-Control"] == "private, no-store"
    assert papers_kept() == [] and FOR_INSTRUCTORS.encode() not in every_byte()


def test_a_mentor_guide_is_no_place_for_notes_about_a_person(client, every_kind):
    guide = page(client, MENTOR)
    assert "No notes about a person" in guide.text and "Words of the kind key_points" in guide.text
    assert "Put on gloves." in guide.text and "Wear gloves." not in guide.text
    assert {one.find_parent("section")["class"][-1] for one in guide.select(".lines")} == {"agree"}


def test_both_languages_stand_side_by_side_by_block(client, every_kind):
    paper = page(client, f"/es{PACKET}?both=1&size=large")
    assert set(paper.html["class"]) == {"is-large", "is-both", "is-sample"}
    assert [one.text for one in paper.select_one(".pairs thead tr").select("th")] == ["Español", "English"]
    cells = [[cell.text.strip() for cell in row.select("td")] for row in paper.select(".pairs tbody tr")]
    assert ["Use guantes.", "Wear gloves."] in cells
    alone = paper.find(id="p-2").find_parent("section")
    assert "inglés" in alone.select_one(".aside").text and not alone.select(".pairs")
    assert "Gloves come first, always." in paper.text and "Los guantes van primero" in paper.text
    assert "cumplido / met" in paper.select_one("td.seen").text


@pytest.mark.parametrize("query", ["size=huge", "both=2", "color=1", "size=large&size=large"])
@pytest.mark.parametrize("end", ["", "packet.pdf"])
def test_what_paper_does_not_come_in_is_refused_with_the_choices(client, released, query, end):
    answer = client.get(f"{PACKET}{end}?{query}")
    assert answer.status_code == 400 and "Choose how you want it." in answer.content.decode()
    assert papers_kept() == []


def test_what_is_not_there_is_not_found(client, released):
    for url in ("/print/tst/t2/", "/print/nothing/t1/", "/print/tst/releases/1999.9/t1/", "/print/tst/t1-1/packet.pdf"):
        assert client.get(url).status_code == 404, url
    assert client.post(PACKET).status_code == 405


def test_an_older_course_text_is_printed_as_it_was(client, released, module, curriculum, cast, committed):
    old = label_of(released)
    committed(next_release, module, curriculum, cast)
    paper = page(client, addresses.packet("tst", "t1/", "en", old))
    assert "Wear gloves." in paper.text and "Wear clean gloves." in page(client, PACKET).text
    assert f"/curricula/tst/releases/{old}/t1/t1-1" in paper.select_one("#p-1").find_parent("header").text
    assert old in client.get(f"/print/tst/releases/{old}/t1/foot.css").content.decode()


def laid(kind, module, **about):
    """A notice over the first lesson, shown to readers."""
    texts = {code: {"text": text} for code, text in TEXTS.items()}
    lay(kind=kind, module_uid=module.uid, page_uid=lesson_of(module).uid, texts=texts, **about)
    tell_readers(module.uid)


def test_a_page_that_is_not_shown_is_its_title_and_the_warning(client, released, module, committed):
    committed(laid, NoticeKind.WITHDRAWN, module, cause="lapsed")
    sheet = page(client, PACKET).find(id="p-1").find_parent("section")
    assert "Lesson T1.1" in sheet.text and TEXTS["en"] in sheet.text and "This page is not shown now." in sheet.text
    for url in (PACKET, f"/es{PACKET}", f"{PACKET}?both=1", TUTOR, MENTOR):
        shown = client.get(url).content.decode()
        assert "Wear gloves." not in shown and "Use guantes." not in shown, url
        assert "Put on gloves." in shown, "the second lesson has the same objective, and is shown"


def test_a_translation_that_is_behind_gives_way_to_the_text_it_is_behind(client, released, module, committed):
    committed(laid, NoticeKind.OLDER, module, language="es")
    for url in (f"/es{PACKET}", f"/es{PACKET}?both=1"):
        sheet = page(client, url).find(id="p-1").find_parent("section")
        assert TEXTS["es"] in sheet.text and "Wear gloves." in sheet.text and "Use guantes." not in sheet.text, url


def test_where_no_pdf_can_be_made_the_page_says_so(client, released, monkeypatch):
    monkeypatch.setattr("curriculum.printing.available", lambda: False)
    for url in (PACKET, f"{PACKET}packet.pdf"):
        paper = page(client, url)
        assert "Wear gloves." in paper.text and "PDF cannot be made" in paper.text and not paper.select(".take-pdf")


def test_a_burst_waits_its_turn_and_is_then_sent_away_with_the_page(client, released, monkeypatch):
    monkeypatch.setattr(kept, "PATIENCE", 0.01)
    with kept._one_at_a_time():
        answer = client.get(f"{PACKET}packet.pdf")
    assert answer.status_code == 503 and answer.headers["Retry-After"] and PACKET in answer.content.decode()


def test_a_module_costs_the_same_queries_however_many_lessons(client, released, module, curriculum, cast, committed):
    def queries_of(url):
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    before = {url: queries_of(url) for url in (PACKET, TUTOR, f"{PACKET}?both=1")}
    for number in (7, 8):
        add(module, LessonPage(), lesson_data(f"T1.{number}"), cast["designer"])
    more = submit(page=module, by=cast["designer"], proposal=Proposal(note="More.", releases=(curriculum.uid,)))
    committed(agree, more, cast["labor1"], cast["management1"])
    assert len(page(client, PACKET).select(".sheet-lesson")) == 4
    assert {url: queries_of(url) for url in before} == before


def test_pages_lead_to_their_paper_at_their_own_address_too(client, released):
    own = f"/print/tst/releases/{label_of(released)}/t1/"
    for below, paper in (("", "/es/print/tst/t1/"), (f"releases/{label_of(released)}/", f"/es{own}")):
        for path in ("t1/", "t1/t1-1/"):
            assert page(client, f"/es/curricula/tst/{below}{path}").select_one(f'a[href="{paper}"]'), path
    assert not page(client, "/curricula/tst/").select('a[href^="/print/"]')


def test_the_list_of_what_to_print_again_leads_to_the_packet(client, released, module, cast, committed):
    report = committed(reported, module, cast["instructor1"])
    correction = committed(put_right, report, cast)
    client.force_login(cast["coordinator"])
    listed = page(client, f"/hurt/{report.pk}/").select_one('a[href^="/print/again/"]')
    assert label_of(correction) in listed.text
    assert client.get(listed["href"]).headers["Location"] == PACKET
    assert client.get(f"/print/again/{'0' * 64}/{module.uid}/").status_code == 404


def test_the_foot_of_a_page_is_a_string_whatever_the_center_is_called(client, released, settings):
    settings.HIGHROAD_CENTER_NAME = 'A "B" } body { display: none } </style>\\'
    css = client.get(f"{PACKET}foot.css")
    assert css.headers["Content-Type"].startswith("text/css")
    line = css.content.decode().split("@bottom-left")[1]
    assert line.count('"') == 2 and "</" not in line and "A \\22 B\\22  }" in line


def test_pictures_are_gray_small_and_within_a_budget():
    made = BytesIO()
    Image.new("RGBA", (3000, 1500), (200, 0, 0, 128)).save(made, "PNG")
    with Image.open(BytesIO(pictures.gray_photo(made.getvalue()))) as photo:
        assert (photo.mode, photo.size) == ("L", (1200, 600))
    drawing = b'<svg><path fill="red" stroke="#00f"/><path fill="none" stroke="currentColor" id="red"/></svg>'
    assert pictures.gray_drawing(drawing) == (
        b'<svg><path fill="#4c4c4c" stroke="#1d1d1d"/><path fill="none" stroke="currentColor" id="red"/></svg>'
    )
    assert pictures.Pictures(budget=0).source({"sha256": "0" * 64, "ext": "svg"}) == ""


def test_a_link_says_where_it_leads_and_keeps_its_words():
    html = plain('<p id="b-1">Say id="x" <a href="https://www.a.org/b/?c=1&amp;d=2" rel="x">this</a></p>')
    assert html == (
        '<p>Say id="x" <a href="https://www.a.org/b/?c=1&amp;d=2">this</a> '
        '<span class="address">(a.org/b/?c=1&amp;d=2)</span></p>'
    )
    assert plain('<a href="https://a.org/">a.org</a>') == '<a href="https://a.org/">a.org</a>'
    assert plain('<a href="#p-2">the lesson</a>') == '<a class="within" href="#p-2">the lesson</a>'


def test_what_only_one_language_says_stands_where_it_stood():
    assert merged([["a", "b", "c"], ["x", "a", "y", "z", "c", "w"]]) == ["x", "a", "y", "z", "b", "c", "w"]
