"""What both sides agreed on before, on paper: brought in, tied to its text, confirmed by one key a side."""

import hashlib
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from courses.delivery import addresses
from curriculum.models import CurriculumPage, LessonPage
from curriculum.review import queries, scans
from curriculum.review.actions import Refused, bring_in, sign, submit, take_paper_back
from curriculum.review.enums import Outcome, Purpose
from curriculum.review.models import Decision, Submission
from curriculum.review.permissions import CannotSign
from curriculum.review.proposal import Proposal
from curriculum.review.verification import Verification
from home.demo.cast import CAST
from tests.factories import add, agree, change, make_module
from tests.review.screens import again, client_of, posted, room, soup, words

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SIGNED_ON = date(2025, 3, 14)


def picture(kind="PNG"):
    made = BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, kind)
    return made.getvalue()


def upload(data=PDF, name="signed.pdf"):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def modules(three_modules):
    return list(three_modules.values())


@pytest.fixture
def course(cast, modules):
    """A curriculum of three modules nobody has agreed on here."""
    chosen = [
        {"id": f"00000000-0000-4000-8000-0000000000c{number}", "value": {"module": module.uid}}
        for number, module in enumerate(modules)
    ]
    data = {"kind": "curriculum", "language": "en", "slug": "tst", "title": "Curriculum TST", "code": "TST"}
    return add(modules[0].get_parent().specific, CurriculumPage(), {**data, "modules": chosen}, cast["designer"])


@pytest.fixture
def scan(db):
    return scans.take(upload())


def bring(course, modules, cast, scan, *, whole=True, by="coordinator", **more):
    uids = [module.uid for module in modules]
    said = {"agreed_on": SIGNED_ON, "note": "The joint session of March.", **more}
    return bring_in(curriculum=course, modules=uids, by=cast[by], scan=scan, whole=whole, **said)


def batch(opened):
    return reverse("review_paper", args=[opened[0].about["scan"]])


def confirm(cast, name, opened, languages=("en", "es")):
    """Everything that is listed for this person, in one tap, by somebody who read it in these languages."""
    client = client_of(cast[name])
    form = soup(client.get(batch(opened))).select_one("form.sign")
    return client.post(batch(opened), {**posted(form), "language": languages}, follow=True)


# Bringing in


def test_three_modules_and_their_course_text_start_with_one_tap_a_side(course, modules, cast, scan, client):
    opened = bring(course, modules, cast, scan)
    assert [row.title for row in opened] == ["Module T1", "Module T2", "Module T3", "Curriculum TST"]
    assert {row.purpose for row in opened} == {Purpose.PAPER}
    first = confirm(cast, "labor2", opened)
    assert "You confirmed 4 texts." in words(first)
    assert not Decision.objects.exists()
    confirm(cast, "management1", opened)
    assert [again(row).outcome for row in opened] == [Outcome.APPROVED] * 4
    assert [again(row).entries.count() for row in opened] == [3] * 4
    current = queries.current_release(course.uid)
    assert len(current.frozen.content["modules"]) == 3
    assert Verification.run().problems == []


def test_the_paper_is_tied_by_digest_inside_what_is_signed(course, modules, cast, scan):
    row = bring(course, modules[:1], cast, scan, whole=False)[0]
    assert scan.digest == hashlib.sha256(PDF).hexdigest()
    assert row.frozen.content["about"] == {
        "date": "2025-03-14",
        "scan": scan.digest,
        "ext": "pdf",
        "parties": {"labor": "Sample Local 100", "management": "Sample County Departments"},
    }
    assert row.agreed_on_paper == SIGNED_ON
    assert str(cast["coordinator"].person_id) not in row.authors
    assert str(cast["designer"].person_id) in row.authors


def test_one_key_a_side_is_enough_whatever_the_charter_asks_for_changes(course, modules, cast, scan):
    committee = queries.seats_of(cast["labor1"].person).get().committee
    committee.quorum = committee.quorum_safety = 2
    committee.save()
    row = bring(course, modules[:1], cast, scan, whole=False)[0]
    agree(row, cast["labor2"])
    assert again(row).outcome is None
    agree(row, cast["management2"])
    assert again(row).outcome == Outcome.APPROVED


def test_who_wrote_it_does_not_confirm_it(course, modules, cast, scan):

    change(LessonPage.objects.child_of(modules[0]).first(), "Labor wrote this.", cast["labor1"])
    row = bring(course, modules[:1], cast, scan, whole=False)[0]
    with pytest.raises(CannotSign):
        agree(row, cast["labor1"])
    assert not soup(client_of(cast["labor1"]).get(batch([row]))).select("form.sign")


@pytest.mark.parametrize("name", [part.username for part in CAST if part.username not in ("coordinator", "admin")])
def test_only_coordinators_and_administrators_bring_paper_in(course, modules, cast, scan, name):
    with pytest.raises(Refused):
        bring(course, modules, cast, scan, by=name)
    client = client_of(cast[name])
    for url in (reverse("review_paper_choose"), reverse("review_paper_bring", args=[course.pk])):
        assert client.get(url).status_code == 404
    assert client.post(reverse("review_paper_bring", args=[course.pk]), {"scan": upload()}).status_code == 404
    assert not Submission.objects.exists()


def test_a_module_of_another_curriculum_is_refused(course, modules, cast, scan):
    other = make_module(by=cast["designer"], code="X1")
    with pytest.raises(Refused, match="not in this curriculum"):
        bring(course, [*modules, other], cast, scan)
    assert not Submission.objects.exists()


def test_the_course_text_waits_for_modules_nobody_agreed_on(course, modules, cast, scan):
    with pytest.raises(Refused, match="Module T3"):
        bring(course, modules[:2], cast, scan, whole=True)
    assert not Submission.objects.exists()
    opened = bring(course, modules[:2], cast, scan, whole=False)
    for row in opened:
        agree(row, cast["labor1"], cast["management1"])
    last = bring(course, modules[2:], cast, scan, whole=True)
    assert [row.title for row in last] == ["Module T3", "Curriculum TST"]
    for name in ("labor1", "management1"):
        confirm(cast, name, last)
    assert len(queries.current_release(course.uid).frozen.content["modules"]) == 3


def test_what_is_under_review_or_agreed_here_already_is_refused_whole(course, modules, cast, scan):
    submit(page=modules[1], by=cast["designer"], proposal=Proposal(note="New."))
    with pytest.raises(Refused, match="“Module T2” is under review already"):
        bring(course, modules, cast, scan, whole=False)
    opened = bring(course, modules[:1], cast, scan, whole=False)
    agree(opened[0], cast["labor1"], cast["management1"])
    with pytest.raises(Refused, match="word for word"):
        bring(course, modules[:1], cast, scan, whole=False)
    with pytest.raises(Refused, match="Tick what was agreed"):
        bring(course, [], cast, scan, whole=False)


def test_a_paper_from_the_future_is_refused(course, modules, cast, scan):
    with pytest.raises(Refused, match="dated in the future"):
        bring(course, modules, cast, scan, agreed_on=timezone.localdate() + timedelta(days=1))


def test_a_coordinator_brings_it_in_on_one_screen(course, modules, cast):
    client, url = client_of(cast["coordinator"]), reverse("review_paper_bring", args=[course.pk])
    form = soup(client.get(url)).select_one("form.bring")
    assert len(form.select("input[name=modules][checked]")) == 3 and form.select_one("input[name=whole][checked]")
    data = {**posted(form), "agreed_on": "2025-03-14", "note": "March.", "scan": upload()}
    data.pop("csrfmiddlewaretoken", None)
    done = client.post(url, data, follow=True)
    assert "Agreed on paper: 4 texts" in words(done) and not soup(done).select("form.sign")
    assert Submission.objects.filter(purpose=Purpose.PAPER).count() == 4
    assert (
        reverse("review_paper_bring", args=[course.pk]) in client.get(reverse("review_paper_choose")).content.decode()
    )


# The scan


@pytest.mark.parametrize(
    "data, name",
    [
        (PDF, "signed.png"),
        (picture(), "signed.pdf"),
        (picture("JPEG"), "signed.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "signed.png"),
        (b"<html><script>alert(1)</script></html>", "signed.pdf"),
        (b"%PDF-1.7 and nothing more", "signed.pdf"),
        (picture()[:40], "signed.png"),
        (picture("GIF"), "signed.gif"),
        (b"MZ\x90\x00", "signed.jpg"),
        (picture(), "signed"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_not_kept(db, data, name, tmp_path):
    with pytest.raises(scans.NotAScan, match="Nothing was kept"):
        scans.take(upload(data, name))
    assert not list(tmp_path.glob("frozen/papers/**/*.*"))


@pytest.mark.parametrize(
    "kind, name, ext", [("PNG", "a.PNG", "png"), ("JPEG", "a.jpeg", "jpg"), ("JPEG", "a.jpg", "jpg")]
)
def test_photographs_are_taken_as_they_are(db, kind, name, ext):
    data = picture(kind)
    kept = scans.take(upload(data, name))
    assert kept.ext == ext and kept.open().read() == data


def test_a_file_too_large_is_refused(db, monkeypatch):
    monkeypatch.setattr(scans, "MOST_BYTES", 10)
    with pytest.raises(scans.NotAScan, match="larger than 20 MB"):
        scans.take(upload())


def test_a_bad_file_is_told_on_the_form_and_opens_nothing(course, cast):
    client, url = client_of(cast["coordinator"]), reverse("review_paper_bring", args=[course.pk])
    data = {"agreed_on": "2025-03-14", "note": "March.", "whole": "on", "scan": upload(PDF, "a.png")}
    answer = client.post(url, data)
    assert answer.status_code == 422 and "holds something else" in words(answer)
    assert not Submission.objects.exists()


def test_only_who_may_read_the_review_opens_the_paper(course, modules, cast, scan, client):
    row = bring(course, modules[:1], cast, scan, whole=False)[0]
    url = reverse("review_paper_scan", args=[row.pk])
    readers = {part.username for part in CAST if client_of(cast[part.username]).get(url).status_code == 200}
    assert readers == {
        "labor1", "labor2", "management1", "management2", "designer", "designer2", "coordinator", "admin", "auditor",
    }  # fmt: skip
    assert client.get(url).status_code == 302
    shown = client_of(cast["labor1"]).get(url)
    assert b"".join(shown.streaming_content) == PDF and "attachment" in shown["Content-Disposition"]
    assert "sandbox" in shown["Content-Security-Policy"] and "no-store" in shown["Cache-Control"]
    assert client_of(cast["labor1"]).get(f"/review/media/{scan.digest}.pdf").status_code == 404
    assert client.get(f"/media/released/{scan.digest}.pdf").status_code == 404


def test_a_change_has_no_paper(module, cast):
    row = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    assert row.agreed_on_paper is None
    assert client_of(cast["labor1"]).get(reverse("review_paper_scan", args=[row.pk])).status_code == 404


def test_a_scan_that_is_gone_or_changed_is_found(course, modules, cast, scan, tmp_path):
    bring(course, modules[:1], cast, scan, whole=False)
    file = tmp_path / "frozen" / scan.name
    file.write_bytes(PDF + b"more")
    assert any("does not hash to its name" in str(one) for one in Verification.run().problems)
    file.unlink()
    assert any("is not there" in str(one) for one in Verification.run().problems)


# Confirming


def test_the_course_text_cannot_be_agreed_before_its_modules(course, modules, cast, scan):
    opened = bring(course, modules, cast, scan)
    text = opened[-1]
    agree(text, cast["labor1"])
    with pytest.raises(CannotSign, match="both sides have not agreed on yet"):
        agree(text, cast["management1"])
    assert again(text).outcome is None and again(text).entries.count() == 1


def test_a_module_that_is_questioned_holds_the_course_text_back(course, modules, cast, scan):
    opened = bring(course, modules, cast, scan)
    confirm(cast, "labor1", opened)
    said = {"position": "request_changes", "words": "Not what we signed."}
    sign(submission=opened[1], by=cast["management1"], digest=opened[1].digest, **said)
    page = client_of(cast["management1"]).get(batch(opened))
    listed = [link.get_text() for link in soup(page).select("form.sign .toc a")]
    assert listed == ["Module T1", "Module T3"]
    confirm(cast, "management1", opened)
    assert [again(row).outcome for row in opened] == [Outcome.APPROVED, None, Outcome.APPROVED, None]


def test_one_tap_says_which_languages_were_read(course, modules, cast, scan):
    """Management read it in English only: the key turns when somebody there has read the Spanish."""
    opened = bring(course, modules, cast, scan)
    confirm(cast, "labor2", opened)
    unticked = client_of(cast["management1"]).post(batch(opened), {"text": [opened[0].digest]})
    assert unticked.status_code == 409 and "Tick the languages you read them in" in words(unticked)
    done = words(confirm(cast, "management1", opened, ["en"]))
    assert "You confirmed 3 texts." in done and "Curriculum TST comes after its modules" in done
    assert not Decision.objects.exists()
    assert [entry.detail["languages"] for entry in again(opened[0]).entries.all()] == [["en", "es"], ["en"]]
    confirm(cast, "management2", opened, ["es"])
    assert [again(row).outcome for row in opened] == [Outcome.APPROVED] * 4


def test_what_was_listed_is_signed_or_nothing(course, modules, cast, scan):
    opened = bring(course, modules, cast, scan)
    client = client_of(cast["labor2"])
    data = posted(soup(client.get(batch(opened))).select_one("form.sign"))
    agree(opened[0], cast["labor2"])
    refused = client.post(batch(opened), data)
    assert refused.status_code == 409 and "The list changed while you were reading" in words(refused)
    assert [again(row).entries.count() for row in opened] == [1, 0, 0, 0]
    assert client.post(batch(opened), {"text": ["0" * 64]}).status_code == 409
    assert client.post(batch(opened), {}).status_code == 409


@pytest.mark.parametrize("name", ["outsider", "learner1", "instructor1", "mentor1", "assessor1"])
def test_outsiders_see_nothing_of_a_paper(course, modules, cast, scan, name):
    opened = bring(course, modules, cast, scan)
    client = client_of(cast[name])
    assert client.get(batch(opened)).status_code == 404
    assert client.post(batch(opened), {"text": opened[0].digest}).status_code == 404


@pytest.mark.parametrize("name", ["coordinator", "designer", "auditor", "admin"])
def test_who_has_no_side_reads_the_list_and_confirms_nothing(course, modules, cast, scan, name):
    opened = bring(course, modules, cast, scan)
    client = client_of(cast[name])
    page = client.get(batch(opened))
    assert page.status_code == 200 and not soup(page).select("form.sign")
    assert client.post(batch(opened), {"text": [row.digest for row in opened]}).status_code == 409
    assert not any(again(row).entries.exists() for row in opened)


def test_the_desk_shows_a_paper_as_one_card_apart_from_small_fixes(course, modules, cast, scan):
    opened = bring(course, modules, cast, scan)
    page = client_of(cast["labor2"]).get("/review/")
    assert "Agreed on paper: 4 texts" in words(page) and "wait for you to confirm them in one tap" in words(page)
    assert batch(opened) in page.content.decode()
    assert not soup(page).select(".small-fixes") and "Nothing waits for you" not in words(page)


def test_nothing_of_it_is_seen_where_nobody_uses_it(module, cast):
    submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    client = client_of(cast["labor2"])
    assert "on paper" not in words(client.get("/review/")).lower()


# Afterwards


@pytest.fixture
def confirmed(course, modules, cast, scan, django_capture_on_commit_callbacks):
    opened = bring(course, modules, cast, scan)
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("labor1", "management1"):
            confirm(cast, name, opened)
    return opened


def test_room_desk_and_record_say_agreed_on_paper_and_when(confirmed, cast):
    client = client_of(cast["labor2"])
    assert "Agreed on paper on March 14, 2025" in words(client.get(f"{room(confirmed[0])}?language=en"))
    assert "Agreed on paper on March 14, 2025" in words(client.get("/review/"))
    record = words(client.get(reverse("review_record", args=[confirmed[0].pk])))
    assert "March 14, 2025" in record and "Sample Local 100, Sample County Departments" in record
    assert confirmed[0].about["scan"] in record


def test_the_public_is_told_of_the_paper_its_sides_and_date_and_of_nobody(confirmed, client):
    for row in (confirmed[0], confirmed[-1]):
        for item in row.items.all():
            page = client.get(addresses.verify(item.frozen_id, "en"))
            told = words(page)
            assert "Agreed on paper, and confirmed here by both sides, March 14, 2025" in told
            assert told.count("agreed on paper, March 14, 2025") == 2
            for secret in ("Lucía", "Mei", "Cora", confirmed[0].about["scan"], "See the paper"):
                assert secret not in page.content.decode()


def test_newer_text_goes_through_a_review_like_any_other(confirmed, modules, cast):

    change(LessonPage.objects.child_of(modules[0]).first(), "Wear clean gloves.", cast["designer"])
    newer = submit(page=modules[0], by=cast["designer"], proposal=Proposal(note="Clean ones."))
    assert newer.purpose == Purpose.CHANGE and newer.agreed_on_paper is None
    agree(newer, cast["labor1"], cast["management1"])
    assert queries.current_edition(modules[0].uid).number == 2


# Taking back


def test_the_wrong_paper_is_taken_back_with_a_reason_and_can_come_again(course, modules, cast, scan):
    row = bring(course, modules[:1], cast, scan, whole=False)[0]
    client, url = client_of(cast["coordinator"]), reverse("review_paper_back", args=[row.pk])
    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "The wrong year."}).status_code == 302
    assert again(row).outcome == Outcome.WITHDRAWN
    assert bring(course, modules[:1], cast, scan, whole=False)[0].pk != row.pk


@pytest.mark.parametrize("name", ["labor1", "management1", "designer", "auditor", "outsider"])
def test_nobody_else_takes_it_back(course, modules, cast, scan, name):
    row = bring(course, modules[:1], cast, scan, whole=False)[0]
    with pytest.raises(Refused):
        take_paper_back(submission=row, by=cast[name], words="No.")
    assert client_of(cast[name]).post(reverse("review_paper_back", args=[row.pk]), {"words": "x"}).status_code == 404
    assert again(row).outcome is None


def test_a_change_is_not_taken_back_this_way(module, cast):
    row = submit(page=module, by=cast["designer"], proposal=Proposal(note="New."))
    with pytest.raises(Refused):
        take_paper_back(submission=row, by=cast["coordinator"], words="No.")
    assert client_of(cast["coordinator"]).get(reverse("review_paper_back", args=[row.pk])).status_code == 404


def test_the_list_costs_the_same_for_one_module_and_for_three(
    course, modules, cast, scan, django_assert_num_queries, django_assert_max_num_queries
):
    other = scans.take(upload(PDF + b"\n%%EOF\n"))
    one = bring(course, modules[:1], cast, other, whole=False)
    client = client_of(cast["labor2"])
    client.get(batch(one))
    with django_assert_max_num_queries(30) as counted:
        client.get(batch(one))
    three = bring(course, modules[1:], cast, scan, whole=False)
    with django_assert_num_queries(len(counted)):
        client.get(batch(three))
