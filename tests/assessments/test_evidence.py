"""Evidence comes in by content, tells no place, is opened by few, and goes when it should."""

import base64
import re
import struct
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PIL import Image

from assessments import groups
from assessments.actions import appealing
from assessments.enums import EvidenceKind, Finding
from assessments.evidence import content, keeping, protocol, storing, stripping, uploading
from assessments.evidence.content import NotTaken
from assessments.models import Attempt, Evidence, Result, Upload
from curriculum.review.ticking import jobs
from tests.assessments import files
from tests.assessments.files import PLACE
from tests.assessments.work import Cohort, assessment
from tests.courses import voices
from tests.courses.cohorts import another_instructor
from users import learners

PHOTO, AUDIO, VIDEO, FILE = EvidenceKind.PHOTO, EvidenceKind.AUDIO, EvidenceKind.VIDEO, EvidenceKind.FILE
PDF = b"%PDF-1.7\n...\n%%EOF\n"
#: Every made example writes the same file anew.
AGAIN = examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something as a request that commits: with what waits for the commit."""

    def run(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args, **kwargs)

    return run


@pytest.fixture
def elsewhere(cohort, cast):
    """An assessor of another group."""
    other, user = Cohort(cast), another_instructor()
    other.group = groups.Group(other.uid, "Days", frozenset({user.person_id}), frozenset(), {})
    groups.register("elsewhere", other.ask)
    yield user
    groups.forget("elsewhere")


@pytest.fixture
def rosa(cohort):
    return cohort.learners["Rosa"]


@pytest.fixture
def place(cohort, rosa):
    """What evidence is added to."""
    return {"learner": rosa, "group": cohort.uid, "assessment_uid": uuid4(), "by": rosa.person}


def begun(place, data, kind=FILE, **more):
    return uploading.begin(**place, kind=kind, size=len(data), consented=True, **more)


def sent(place, data, kind=FILE, **more):
    upload = begun(place, data, kind, **more)
    for at in range(0, len(data), uploading.MOST_PIECE):
        uploading.append(upload=upload, offset=at, data=data[at : at + uploading.MOST_PIECE])
    return uploading.finish(upload=upload)


def stored(row):
    with storing.open_kept(row.name) as file:
        return file.read()


def lies():
    """Every file of evidence there is, with pieces on their way."""
    return storing._files("") + sorted(storing.arriving())


def stripped(tmp_path, data, kind):
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    stripping.strip(path, content.form_of(path, kind), kind)
    return path.read_bytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_is_drawn_anew_upright_bounded_and_bare(tmp_path, form):
    data = files.photo(form, size=(2600, 20))
    assert PLACE in data
    clean = stripped(tmp_path, data, PHOTO)
    picture = Image.open(BytesIO(clean))
    assert picture.format == ("PNG" if form == "PNG" else "JPEG")
    assert (picture.height, picture.getexif()) == (2400, {}) and picture.width < 30
    assert PLACE not in clean and len(clean) < len(data) + 5000


@AGAIN
@given(
    st.lists(st.tuples(st.sampled_from([b"vide", b"soun", b"meta", b""]), st.integers(1, 40)), min_size=1, max_size=12)
)
def test_of_a_film_only_film_and_sound_stay_where_they_were(tmp_path, order):
    chunks = [(b"vide", b"moving")]
    for number, (kind, size) in enumerate(order):
        shown = kind in (b"vide", b"soun")
        chunks.append((kind, (bytes([65 + number]) * size) if shown else (PLACE * 3)[: max(size, len(PLACE))]))
    data = files.film(chunks)
    clean = stripped(tmp_path, data, VIDEO)
    assert PLACE in data and PLACE not in clean and b"DATE" not in clean and b"Rosa" not in clean
    at = data.rindex(b"".join(one for _kind, one in chunks))
    assert len(clean) == len(data)
    for kind, one in chunks:
        assert clean[at : at + len(one)] == (one if kind in (b"vide", b"soun") else bytes(len(one)))
        at += len(one)
    assert stripped(tmp_path, clean, VIDEO) == clean


@AGAIN
@given(st.sampled_from(["film", "webm", "m4a", "ogg", "wav", "mp3", "jpeg"]), st.data())
def test_whatever_is_broken_is_refused_with_a_sentence(tmp_path, made, drawn):
    data = files.film() if made == "film" else files.photo() if made == "jpeg" else getattr(voices, made)()
    kind = {"film": VIDEO, "jpeg": PHOTO}.get(made, AUDIO)
    broken = bytearray(data[: drawn.draw(st.integers(0, len(data)))])
    for at in drawn.draw(st.lists(st.integers(0, max(0, len(broken) - 1)), max_size=4)) if broken else []:
        broken[at] = drawn.draw(st.integers(0, 255))
    try:
        stripped(tmp_path, bytes(broken), kind)
    except NotTaken as error:
        assert "Nothing was kept." in str(error)


def test_a_track_that_claims_the_bytes_of_the_table_is_refused(tmp_path):
    data = files.film([(b"vide", b"moving")])
    at = data.index(b"moving")
    with pytest.raises(NotTaken, match="damaged"):
        stripped(tmp_path, data.replace(struct.pack(">I", at), struct.pack(">I", at - 40)), VIDEO)


def test_webm_with_film_keeps_no_more_than_it_needs(tmp_path):
    clean = stripped(tmp_path, voices.webm(track=b"\x01"), VIDEO)
    assert clean.count(b"sound") == 40 and b"Rosa" not in clean and b"Harbor" not in clean


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        (PHOTO, PDF, "no photo"),
        (PHOTO, voices.m4a(), "no photo"),
        (PHOTO, b"<svg onload='alert(1)'/>", "no photo"),
        (PHOTO, files.photo("PNG")[:60], "damaged"),
        (PHOTO, files.claims(20_000, 20_000), "damaged|too many dots"),
        (PHOTO, files.claims(9000, 9000), "too many dots"),
        (AUDIO, files.film(), "more than sound"),
        (AUDIO, PDF, "no sound"),
        (VIDEO, voices.m4a(), "no picture"),
        (VIDEO, voices.mp3(), "no video"),
        (VIDEO, b"\x00\x00\x00\x18ftypqt  ", "damaged"),
        (FILE, files.photo(), "Only PDF and plain text"),
        (FILE, b"MZ\x90\x00 a program", "Only PDF and plain text"),
        (FILE, b"%PDF-1.7 cut off", "Only PDF and plain text"),
        (FILE, b"PK\x03\x04 a document", "Only PDF and plain text"),
    ],
)
def test_what_a_file_holds_counts_and_nothing_else(tmp_path, kind, data, said):
    with pytest.raises(NotTaken, match=said):
        stripped(tmp_path, data, kind)


def test_pieces_come_in_once_each_and_the_file_is_whole(client, cast, place, committed):
    words = "Guía de guantes\n".encode() * 100_000
    upload = begun(place, words)
    piece = words[: 1 << 20]
    uploading.append(upload=upload, offset=0, data=piece)
    for offset in (0, 5, len(words)):
        with pytest.raises(uploading.GoOn) as again:
            uploading.append(upload=upload, offset=offset, data=piece)
        assert again.value.offset == len(piece)
    with pytest.raises(uploading.GoOn):
        uploading.finish(upload=upload)
    with pytest.raises(uploading.TooLarge):
        uploading.append(upload=upload, offset=len(piece), data=piece)
    uploading.append(upload=upload, offset=len(piece), data=words[len(piece) :])
    first = committed(uploading.finish, upload=upload)
    assert uploading.finish(upload=upload) == first and Evidence.objects.count() == 1
    assert stored(first) == words and first.size == len(words)
    assert lies() == [first.name] and not first.name.startswith(str(first.pk)) and len(first.name) > 40
    client.force_login(cast["designer"])
    assert client.get(f"/media/{first.name}").status_code == 404
    assert first.media_type == "text/plain; charset=utf-8" and first.keep_until is None


def test_a_refused_file_leaves_nothing(place):
    upload = begun(place, b"MZ\0\0")
    uploading.append(upload=upload, offset=0, data=b"MZ\0\0")
    with pytest.raises(NotTaken):
        uploading.finish(upload=upload)
    assert (Upload.objects.count(), Evidence.objects.count()) == (0, 0)


def test_kinds_sizes_consent_and_numbers(place, cohort):
    def ask(kind, size=10, consented=True):
        return uploading.begin(**place, kind=kind, size=size, consented=consented)

    for kind in ("observation", "text", "program", ""):
        with pytest.raises(NotTaken, match="Choose one of these"):
            ask(kind)
    for kind, most in ((PHOTO, 12), (AUDIO, 25), (VIDEO, 120), (FILE, 12)):
        assert ask(kind, most << 20).size == most << 20
        with pytest.raises(uploading.TooLarge, match=f"larger than {most} MB"):
            ask(kind, (most << 20) + 1)
        with pytest.raises(NotTaken, match="empty"):
            ask(kind, 0)
    for kind in (PHOTO, VIDEO):
        with pytest.raises(NotTaken, match="agrees first"):
            ask(kind, consented=False)
        with pytest.raises(IntegrityError), transaction.atomic():
            person = place["by"]
            Evidence.objects.create(
                learner=place["learner"], group=cohort.uid, assessment_uid=uuid4(), kind=kind, person=person
            )
    with pytest.raises(uploading.TooLarge, match="smaller pieces"):
        uploading.append(upload=Upload.objects.first(), offset=0, data=bytes((1 << 20) + 1))
    for _more in range(uploading.MOST_UNFINISHED - Upload.objects.count()):
        ask(AUDIO, consented=False)
    with pytest.raises(NotTaken, match="20 files are still on their way"):
        ask(AUDIO)
    for number in range(uploading.MOST_KEPT):
        uploading.add_text(**place, text=f"Day {number}: two rooms alone.")
    with pytest.raises(NotTaken, match="60 pieces"):
        uploading.add_text(**place, text="One more.")
    other = {**place, "assessment_uid": uuid4()}
    with pytest.raises(NotTaken, match="1 letter too long"):
        uploading.add_text(**other, text="a" * 20_001)
    with pytest.raises(NotTaken, match="no words"):
        uploading.add_text(**other, text=" \n ")


def test_what_nobody_judges_is_not_sent_and_a_try_has_its_own(cohort, place, cast):
    journal = cohort.add(assessment("Notes", method="reflective_journal"))
    uid = cohort.group.pinned(journal).uid
    with pytest.raises(NotTaken, match="stays with you"):
        uploading.add_text(**{**place, "assessment_uid": uid}, text="It was hard today.")
    attempt = cohort.sheet(cohort.add(assessment()), name="Kim").attempt
    with pytest.raises(NotTaken, match="another try"):
        begun(place, PDF, attempt=attempt)


def test_a_scanner_is_asked_and_one_that_is_down_lets_nothing_through(place, settings):
    settings.HIGHROAD_EVIDENCE_SCAN = f"{__name__}.scanner"
    sent(place, b"Two rooms alone.")
    with pytest.raises(NotTaken, match="^A virus.$"):
        sent(place, b"EICAR")
    with pytest.raises(NotTaken, match="could not be checked"):
        sent(place, b"down")
    assert Evidence.objects.count() == 1


def scanner(path):
    with open(path, "rb") as file:
        data = file.read()
    if data == b"down":
        raise ConnectionError
    return "A virus." if data == b"EICAR" else ""


def spoken(rf, method, data=b"", upload=None, place=None, kind="", more=None):
    said = {"Tus-Resumable": "1.0.0", "Content-Type": kind} | (more or {})
    request = rf.generic(method, "/", data, kind, headers=said)
    if upload:
        return protocol.go_on(request, Upload.objects.filter(pk=upload).first() or Upload(pk=upload, size=9))
    return protocol.begin(request, **place, address=lambda upload: f"/there/{upload.pk}/")


def test_the_protocol_from_beginning_to_end(rf, place):
    said = "kind " + base64.b64encode(b"file").decode()

    def begin(**more):
        return spoken(rf, "POST", place=place, more=more)

    answer = begin(**{"Upload-Length": "9", "Upload-Metadata": said})
    assert (answer.status_code, answer["Upload-Offset"], answer["Tus-Resumable"]) == (201, "0", "1.0.0")
    uid = re.fullmatch(r"/there/(.+)/", answer["Location"])[1]
    assert begin(**{"Upload-Length": str(13 << 20), "Upload-Metadata": said}).status_code == 413
    assert begin(**{"Upload-Length": "9", "Upload-Metadata": "kind %"}).status_code == 400
    assert begin(**{"Upload-Length": "-9", "Upload-Metadata": said}).status_code == 400
    photo = "kind " + base64.b64encode(b"photo").decode()
    assert begin(**{"Upload-Length": "9", "Upload-Metadata": photo}).status_code == 422
    assert begin(**{"Upload-Length": "9", "Upload-Metadata": f"{photo},consented"}).status_code == 201
    assert begin(**{"Tus-Resumable": "0.2"}).status_code == 412
    assert spoken(rf, "OPTIONS", place=place)["Tus-Version"] == "1.0.0"
    assert spoken(rf, "GET", place=place).status_code == 405

    def piece(data, offset, kind=protocol.PIECE_TYPE, method="PATCH", **more):
        return spoken(rf, method, data, uid, kind=kind, more={"Upload-Offset": str(offset), **more})

    assert piece(b"Two ", 0, "text/plain").status_code == 415
    assert piece(bytes((1 << 20) + 1), 0).status_code == 413
    assert piece(b"Two ", "").status_code == 400
    first = piece(b"Two ", 0)
    assert (first.status_code, first["Upload-Offset"]) == (204, "4")
    again = piece(b"Two ", 0)
    assert (again.status_code, again["Upload-Offset"]) == (409, "4")
    far = spoken(rf, "HEAD", upload=uid)
    assert (far.status_code, far["Upload-Offset"], far["Upload-Length"]) == (200, "4", "9")
    assert far["Cache-Control"] == "no-store" and protocol.DONE not in far
    last = piece(b"rooms", 4, method="POST", **{"X-HTTP-Method-Override": "PATCH"})
    assert (last.status_code, last["Upload-Offset"]) == (204, "9")
    row = Evidence.objects.get()
    assert last[protocol.DONE] == str(row.pk) and stored(row) == b"Two rooms"
    # Whoever missed that answer asks again, either way.
    assert spoken(rf, "HEAD", upload=uid)[protocol.DONE] == piece(b"", 9)[protocol.DONE] == str(row.pk)

    uid = re.fullmatch(r"/there/(.+)/", begin(**{"Upload-Length": "4", "Upload-Metadata": said})["Location"])[1]
    refused = piece(b"MZ\0\0", 0)
    assert refused.status_code == 422 and b"Only PDF and plain text" in refused.content
    assert piece(b"", 4).status_code == 410


def result_of(cohort, **more):
    attempt = cohort.sheet(cohort.add(assessment(**more)), marks="b c").attempt
    return Result.objects.get(attempt=attempt)


def at(result):
    attempt = result.attempt
    place = {name: getattr(attempt, name) for name in ("learner", "group", "assessment_uid")}
    return {**place, "by": attempt.learner.person, "attempt": attempt}


def test_only_the_learner_takes_back_and_hears_that_an_appeal_is_open(cohort, cast, committed):
    result = result_of(cohort)
    row, kept = sent(at(result), files.film(), VIDEO), uploading.add_text(**at(result), text="Two rooms alone.")
    for who in ("instructor1", "coordinator", "learner1"):
        with pytest.raises(PermissionDenied):
            keeping.withdraw(evidence=row, by=cast[who].person)
    rosa = row.learner.person
    assert committed(keeping.withdraw, evidence=kept, by=rosa) is False
    appealing.appeal(result=result, learner=row.learner, text="The strap was torn.")
    assert committed(keeping.withdraw, evidence=row, by=rosa) is True
    assert keeping.withdraw(evidence=row, by=rosa) is True
    for one in (row, kept):
        one.refresh_from_db()
        assert (one.text, one.name, one.sha256, one.size) == ("", "", "", 0) and one.withdrawn_at == one.erased_at
    assert storing._files("") == []


def test_time_takes_away_what_it_should_once_and_an_appeal_holds_it(cohort, cast, committed):
    result, now = result_of(cohort), timezone.now()
    video, sound = sent(at(result), files.film(), VIDEO), sent(at(result), voices.m4a(), AUDIO)
    loose = sent({**at(result), "attempt": None}, files.film(), VIDEO)
    stays = sent(at(result), PDF)
    Upload.objects.update(begun_at=now)
    begun(at(result), PDF)
    today = timezone.localdate(now)
    assert (video.keep_until, sound.keep_until) == (today + timedelta(30), today + timedelta(365))

    def after(days):
        told = committed(keeping.expire, now + timedelta(days))
        return [int(number) for number in re.findall(r"\d+", told)], set(
            Evidence.objects.filter(erased_at__isnull=True).values_list("pk", flat=True)
        )

    everything = {video.pk, sound.pk, loose.pk, stays.pk}
    assert after(0) == ([0, 0, 0], everything)
    assert after(3) == ([0, 0, 1], everything) and Upload.objects.count() == 0
    appeal = appealing.appeal(result=result, learner=result.attempt.learner, text="The strap was torn.")
    assert after(31) == ([0, 2, 0], everything)
    for username in ("labor1", "management1"):
        appealing.name_hearer(appeal=appeal, user=cast[username], by=cast["coordinator"])
        appealing.find(appeal=appeal, by=cast[username], finding=Finding.STANDS, text="We looked.")
    assert after(30) == ([0, 0, 0], everything)
    assert after(31) == ([2, 0, 0], {sound.pk, stays.pk}) and after(31)[0] == [0, 0, 0]
    assert after(366) == ([1, 0, 0], {stays.pk})
    assert storing._files("") == [stays.name]
    row = Evidence.objects.get(pk=video.pk)
    assert row.erased_at and row.withdrawn_at is None and row.kind == VIDEO
    assert "pieces of evidence" in jobs()["evidence"]()


def test_a_spoken_answer_goes_after_its_result_and_everything_with_the_name(cohort, committed):
    spoken_, shown = result_of(cohort, title="Say it", method="oral_response"), result_of(cohort)
    before = {**at(spoken_), "attempt": None}
    answer, other = sent(before, voices.m4a(), AUDIO), sent(at(shown), voices.m4a(), AUDIO)
    today = timezone.localdate()
    assert keeping.after_result(attempt=spoken_.attempt, on=today) == 1
    late = sent(at(spoken_), voices.m4a(), AUDIO)
    assert late.keep_until == today + timedelta(30), "its result was there already"
    assert keeping.after_result(attempt=spoken_.attempt, on=today + timedelta(3)) == 0
    assert keeping.after_result(attempt=shown.attempt, on=today) == 0
    answer.refresh_from_db()
    assert answer.keep_until == today + timedelta(30) and other.keep_until == today + timedelta(365)
    half = begun(at(shown), PDF)
    uploading.append(upload=half, offset=0, data=PDF[:4])
    assert committed(keeping.erase_of, learner=answer.learner) == 3
    assert committed(keeping.erase_of, learner=answer.learner) == 0
    assert lies() == [] and Upload.objects.count() == 0 and Attempt.objects.count() == 2


def phone(client, learner):
    client.cookies[learners.COOKIE] = learners.cookie_of(learner)
    return client


def test_few_open_it_and_for_everybody_else_there_is_nothing(client, cohort, cast, elsewhere, committed):
    row = sent(at(result_of(cohort)), files.film(), VIDEO)
    url = reverse("evidence", args=[row.pk])
    assert client.get(url).status_code == 404
    for user, status in [
        *((cast[name], 200) for name in ("instructor1", "assessor2", "coordinator")),
        *((cast[name], 404) for name in cast if name.rstrip("12") in ("labor", "management", "designer", "outsider")),
        (elsewhere, 404),
    ]:
        client.force_login(user)
        assert client.get(url).status_code == status, user.username
    client.logout()
    assert phone(client, cohort.learners["Kim"]).get(url).status_code == 404
    assert phone(client, row.learner).get(url).status_code == 200
    assert client.get(reverse("evidence", args=[uuid4()])).status_code == 404
    assert client.post(url).status_code == 405
    committed(keeping.withdraw, evidence=row, by=row.learner.person)
    assert client.get(url).status_code == 404


def test_a_player_gets_the_part_it_asks_for(client, cohort):
    row = sent(at(result_of(cohort)), files.film(), VIDEO)
    data, url = stored(row), reverse("evidence", args=[row.pk])
    phone(client, row.learner)

    def ask(part=None, **more):
        answer = client.get(url, headers=({"range": part} if part else {}) | more)
        return answer.status_code, answer.headers.get("Content-Range"), answer.getvalue()

    size = len(data)
    assert ask() == (200, None, data)
    assert ask("bytes=0-9") == (206, f"bytes 0-9/{size}", data[:10])
    assert ask("bytes=10-") == (206, f"bytes 10-{size - 1}/{size}", data[10:])
    assert ask("bytes=-5") == (206, f"bytes {size - 5}-{size - 1}/{size}", data[-5:])
    assert ask(f"bytes=5-{size * 2}") == (206, f"bytes 5-{size - 1}/{size}", data[5:])
    for odd in ("bytes=0-1,4-5", "bytes=9-2", "bytes=-", "lines=1-2"):
        assert ask(odd) == (200, None, data)
    for beyond in (f"bytes={size}-", "bytes=-0"):
        assert ask(beyond) == (416, f"bytes */{size}", b"")
    assert ask("bytes=0-9", **{"if-range": '"another"'}) == (200, None, data)

    head = client.head(url)
    assert (head.headers["Content-Length"], head.content) == (str(size), b"")
    told = client.get(url).headers
    assert told["Content-Type"] == "video/mp4" and told["Content-Disposition"] == "inline"
    assert told["Cache-Control"] == "private, no-store" and told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Security-Policy"] == "sandbox; default-src 'none'" and told["Accept-Ranges"] == "bytes"

    paper = client.get(reverse("evidence", args=[sent(at(Result.objects.get()), PDF).pk])).headers
    assert paper["Content-Disposition"].startswith("attachment") and paper["Content-Type"] == "application/pdf"
    words = uploading.add_text(**at(Result.objects.get()), text="<script>alert(1)</script>")
    answer = client.get(reverse("evidence", args=[words.pk]))
    assert answer.content == b"<script>alert(1)</script>" and answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Content-Disposition"].startswith("attachment")
