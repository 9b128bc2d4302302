"""Saying how it is at work: without an account, in any language, by text or voice; nothing names the sender."""

import logging

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from courses.voice import codes, marking, recordings, sounds
from courses.voice.enums import State
from courses.voice.models import VoiceItem, VoiceStep
from tests.courses import voices
from tests.courses.voices import FIRST, WORDS, address, posted

ADDRESS, AGENT = "203.0.113.77", "PhoneOfRosa/1.0"


@pytest.fixture(autouse=True)
def _nobody_was_here_before():
    cache.clear()


def page(response, status=200):
    assert response.status_code == status, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def send(client, url, **more):
    return client.post(url, posted(**more), REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT)


def file(data, name="recording", kind="audio/webm"):
    return SimpleUploadedFile(name, data, kind)


def code_of(response):
    return page(response).select_one(".own-code").text


def follow(client, code, language="", **more):
    return client.post(f"{language}/voice/follow/", {"code": code}, **more)


def kept():
    """Names of the recordings that are there."""
    try:
        return storages["voices"].listdir("")[1]
    except FileNotFoundError:
        return []


def test_from_the_lesson_to_the_paragraph_as_it_was_read(client, released, module):
    lesson = page(client.get("/curricula/tst/t1/t1-1/"))
    link = lesson.find("a", string="This is not how it is at work?")
    form = page(client.get(link["href"]))
    assert [one.text for one in form.select("#id_block option")] == [
        "The whole page",
        "Wear gloves.",
        "The second paragraph.",
    ]
    assert form.h1.text == "This is not how it is at work?"
    chosen = page(client.get(address(module, "/es")))
    assert chosen.select_one(".quoted").text.strip() == "Use guantes."
    assert chosen.html["lang"] == "es" and chosen.select_one(".quoted")["lang"] == "es"
    asked = [*chosen.select("h2, .can-be-known, [data-part=start], [type=file], [name=agreed]")]
    order = [one.get("data-part") or one.get("name") or one.get("class", [""])[0] for one in asked]
    assert order.index("can-be-known") < order.index("start") < order.index("recording") < order.index("agreed")
    assert client.get(address(module).replace(voices.lesson_uid(module), "0" * 32)).status_code == 404
    assert client.get(f"/voice/?page={voices.lesson_uid(module)}&text=tst/1999.1").status_code == 404


def test_an_unnamed_item_holds_nothing_that_names_the_sender(client, released, module, cast, caplog):
    client.force_login(cast["learner1"])
    client.cookies["mine"] = "a cookie of Rosa's"
    with caplog.at_level(logging.DEBUG):
        response = send(client, address(module), name="Rosa", keeps_recording="on")
    code, item = code_of(response), VoiceItem.objects.get()
    assert {field.name: getattr(item, field.name) for field in item._meta.concrete_fields} == {
        "uid": item.uid,
        "code_hash": codes.hash_of(code),
        "came_on": timezone.localdate(),
        "module_uid": module.translation_key,
        "page_uid": item.page_uid,
        "block_id": FIRST,
        "digest": item.digest,
        "page_language": "en",
        "language": "English",
        "words": WORDS,
        "name": "",
        "recording": "",
        "keeps_recording": False,
        "transcript": "",
        "cleared": "",
        "heard": False,
        "state": State.WAITING,
        "put_off_until": None,
        "tied_number": None,
        "tied_edition": "",
        "tied_words": "",
    }
    assert item.uid.version == 4 and VoiceStep.objects.count() == 0
    logged = " ".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    secrets = (ADDRESS, AGENT, "Rosa", code, codes.plain(code), WORDS, str(cast["learner1"].person_id))
    assert [one for one in secrets if one in logged] == []
    assert response.headers["Cache-Control"] == "no-store, private" and not response.cookies


def test_only_who_puts_a_name_is_named_and_only_who_agrees_is_heard(client, released, module):
    assert code_of(send(client, address(module), signs="on", name=" Rosa "))
    assert VoiceItem.objects.get().name == "Rosa"
    refused = page(send(client, address(module), agreed="", words="Other words."), 422)
    assert "Nothing was sent. Tick that you agree" in refused.text and "Other words." in refused.textarea.text
    assert "Type what it is like at work, or record it." in page(send(client, address(module), words=" "), 422).text
    assert VoiceItem.objects.count() == 1


def test_the_same_form_sent_twice_is_one_item_and_other_words_are_another(client, released, module):
    first = code_of(send(client, address(module)))
    assert code_of(send(client, address(module))) == first
    other = code_of(send(client, address(module), words="And no apron."))
    assert other != first and VoiceItem.objects.count() == 2


@pytest.mark.parametrize("made", ["webm", "m4a", "ogg", "wav", "mp3"])
def test_a_recording_keeps_its_sound_and_tells_nothing_else(made):
    data = getattr(voices, made)()
    ending, clean = sounds.cleaned(data)
    assert ending == made and b"sound" in clean and data.count(b"sound") == clean.count(b"sound")
    for told in (b"Rosa", b"HARBOR", b"Harbor", b"+34.05", b"07:31", b"ATIM"):
        assert told not in clean
    assert sounds.cleaned(clean) == (made, clean)
    if made in ("webm", "m4a", "ogg"):
        assert len(clean) == len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script>",
        b"%PDF-1.7 and so on",
        b"",
        b"\x1a\x45\xdf\xa3",
        voices.webm(track=b"\x01"),
        voices.webm(more=b"\x00\x00"),
        voices.m4a(kind=b"vide"),
        voices.m4a()[:60],
        voices.box(b"ftyp", b"M4A ") + voices.box(b"moov", b"") * 2,
        voices.ogg().replace(b"OpusHead", b"\x80theora "),
        b"RIFF\x04\0\0\0WAVE",
        b"ID3\x04\0\0\0\0\0\0 no sound",
    ],
)
def test_what_is_no_sound_is_refused_whatever_it_is_called(data):
    with pytest.raises(sounds.NotASound, match="no sound recording"):
        sounds.cleaned(data)


def test_boxes_in_boxes_end():
    deep = b""
    for _time in range(2000):
        deep = voices.box(b"moov", deep)
    with pytest.raises(sounds.NotASound):
        sounds.cleaned(voices.box(b"ftyp", b"M4A ") + deep)


def test_a_recording_comes_in_by_content_and_size_and_says_only_its_day(client, released, module, settings):
    refused = page(send(client, address(module), recording=file(b"MZ and so on", "voice.webm")), 422)
    assert "This file is no sound recording" in refused.text and WORDS in refused.textarea.text
    large = voices.webm() + bytes(recordings.MOST_BYTES)
    assert "larger than 10 MB" in page(send(client, address(module), recording=file(large)), 422).text
    assert kept() == [] and VoiceItem.objects.count() == 0

    assert code_of(
        send(client, address(module), words="", recording=file(voices.webm(), "Rosa.webm"), keeps_recording="1")
    )
    item = VoiceItem.objects.get()
    assert kept() == [item.recording] and "Rosa" not in item.recording and item.keeps_recording
    with storages["voices"].open(item.recording) as stored:
        assert b"Rosa" not in stored.read()
    at = timezone.localtime(storages["voices"].get_modified_time(item.recording))
    assert (at.date(), at.hour, at.minute) == (timezone.localdate(), 0, 0)


def test_what_is_far_too_large_is_not_read_at_all(client, released, module):
    answer = client.post(address(module), posted(), CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert "your words are still there" in page(answer, 413).text


def test_the_code_follows_and_takes_back(client, released, module, committed):
    code = code_of(send(client, address(module), recording=file(voices.webm())))
    told = page(follow(client, code.lower().replace("-", " ")))
    assert "Sent. Nobody has read it yet." in told.h1.text and WORDS in told.text
    assert code not in str(told.select("a")) and "no-store" in follow(client, code).headers["Cache-Control"]
    assert page(client.post("/voice/follow/back/", {"code": code}), 422).select(".has-error")
    assert VoiceItem.objects.get().words == WORDS
    told = page(committed(client.post, "/voice/follow/back/", {"code": code, "sure": "on"}))
    assert "Your words are gone." in told.text and WORDS not in told.text
    item = VoiceItem.objects.get()
    assert (item.words, item.recording, item.state, kept()) == ("", "", State.TAKEN_BACK, [])
    again = page(client.post("/voice/follow/back/", {"code": code, "sure": "on"}), 409)
    assert "Your words are gone." in again.text and not again.select("form [name=sure]")
    assert [step.kind for step in item.steps.all()] == ["taken_back"]


def test_wrong_codes_can_only_be_tried_so_often(client, released, module):
    right = code_of(send(client, address(module)))
    answers = [follow(client, f"WRONG{number:03}", REMOTE_ADDR=ADDRESS).status_code for number in range(21)]
    assert answers == [404] * 20 + [429]
    assert follow(client, right, REMOTE_ADDR=ADDRESS).status_code == 429
    assert follow(client, right, "/es", REMOTE_ADDR="203.0.113.78").status_code == 200


def test_too_many_things_from_one_place_wait(client, released, module, settings):
    settings.ACCOUNT_RATE_LIMITS = {"voice": "2/h/ip"}
    answers = [send(client, address(module), words=f"Thing {number}.") for number in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert "Thing 2." in page(answers[2], 429).textarea.text and VoiceItem.objects.count() == 2


def test_marks_name_what_could_name_somebody():
    assert marking.marks("We wait. On Tuesday nights Ms. Ortega and José bring 2 mops to Ward B. I carry them.") == [
        "Tuesday",
        "nights",
        "Ms",
        "Ortega",
        "José",
        "2",
        "Ward",
        "B",
    ]
    assert marking.marks("No tenemos guantes. Pregunte a Lucía en el turno de noche.") == [
        "Pregunte",
        "Lucía",
        "turno",
        "noche",
    ]
    words = "At 7:30 the floor is wet."
    assert "".join(piece.text for piece in marking.pieces(words)) == words
