"""What a learner carries: signed, checked by other people's software, ended, and silent about who they are."""

import base64
import gzip
import hmac
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from joserfc import jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import KeySet, RSAKey
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from assessments.credentials import addresses, checking, earning, ending, issuing, keys, paper, status, tokens
from assessments.credentials.checking import State
from assessments.credentials.ending import Why
from assessments.credentials.issuing import NotIssued
from assessments.enums import ENOUGH, Method, Outcome, Subject
from assessments.groups import Group
from assessments.models import Attempt, Credential, CredentialEnd, Result
from assessments.signals import corrected
from curriculum import printing
from curriculum.enums import FrozenKind
from curriculum.review.models import Decision
from tests import signing
from tests.assessments.work import assessment, pinned
from tests.courses.pdf import Pdf
from users import learners
from users.models import Learner, Person

GROUP = uuid4()


@pytest.fixture(autouse=True)
def _own_key(settings):
    settings.CREDENTIAL_KEY, settings.CREDENTIAL_FORMER_KEYS = signing.key("ours"), []
    cache.clear()


@pytest.fixture
def rosa(cast):
    return learners.new_learner(name="Rosa Quintanilla")


@pytest.fixture
def given(rosa, agreed, module):
    """Give Rosa a credential for the module of the first course text."""

    def give(**more):
        told = {"learner": rosa, "results": [shown_by(rosa)], "name": "", "language": "en", "valid_until": None}
        return issuing.issue(**{**about(module), **told, **more})

    return give


def agreed_text():
    return {row.kind: row for row in Decision.objects.order_by("pk")}


def about(module):
    found = agreed_text()
    return {
        "group": GROUP,
        "subject": Subject.MODULE,
        "subject_uid": module.uid,
        "title": module.title,
        "release": found[FrozenKind.RELEASE].frozen_id,
        "edition": found[FrozenKind.EDITION].frozen_id,
    }


def shown_by(learner, outcome=Outcome.COMPETENT, assessment=None, **more):
    """A result of a learner, as a decided try leaves it."""
    found = agreed_text()
    release, edition = found[FrozenKind.RELEASE].frozen_id, found[FrozenKind.EDITION].frozen_id
    attempt = Attempt.objects.create(
        learner=learner,
        group=GROUP,
        assessment_uid=assessment or uuid4(),
        module_uid=uuid4(),
        method=Method.SKILLS_DEMONSTRATION,
        number=1,
        instrument="a" * 64,
        yardstick="b" * 64,
        edition=edition,
        release=release,
        language="en",
        raters=1,
        opened_at=timezone.now(),
        opened_by=learner.person,
    )
    return decided(attempt, outcome, edition=edition, release=release, **more)


def decided(attempt, outcome, **more):
    cited = {"instrument": "a" * 64, "edition": attempt.edition, "release": attempt.release, "language": "en"}
    met = outcome in ENOUGH
    return Result.objects.create(attempt=attempt, met=met, outcome=outcome, **(cited | more))


def their_software(client, token):
    """What an independent library makes of a token, with nothing but the public keys."""
    key_set = KeySet.import_key_set(client.get("/credentials/keys.json").json())
    return jwt.decode(token, key_set, algorithms=["RS256"]).claims


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def words(answer):
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


def checked(client, text):
    return words(client.post(reverse("credential_check"), {"text": text}))


def bits(client, credential):
    """The public list a credential names, unpacked as the standard says."""
    entry = their_software(client, credential.token)["credentialStatus"]
    answer = client.get(entry["statusListCredential"].removeprefix(addresses.base()))
    packed = their_software(client, answer.content.decode())["credentialSubject"]["encodedList"]
    data = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    assert packed.startswith("u") and len(data) * 8 == status.SIZE
    told = "".join(f"{byte:08b}" for byte in data)
    return int(entry["statusListIndex"]), [place for place, bit in enumerate(told) if bit == "1"]


def test_other_peoples_software_accepts_it_and_refuses_one_changed_byte(client, given, module):
    until = timezone.localdate() + timedelta(days=365)
    credential = given(name=" Rosa  Q. ", valid_until=until)
    claims = their_software(client, credential.token)
    assert claims["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert claims["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    said = (claims["iss"], claims["sub"], claims["jti"])
    assert said == (claims["issuer"]["id"], claims["credentialSubject"]["id"], claims["id"])
    assert claims["id"] == addresses.credential(credential.pk)
    assert claims["exp"] - claims["nbf"] > 364 * 24 * 60 * 60
    assert claims["credentialSubject"]["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityHash": "Rosa Q.", "identityType": "name"}
    ]
    header = json.loads(base64.urlsafe_b64decode(credential.token.split(".")[0] + "=="))
    assert (header["alg"], header["typ"], len(header)) == ("RS256", "JWT", 3)
    alone = client.get(header["kid"].removeprefix(addresses.base()))
    assert alone.json() == client.get("/credentials/keys.json").json()["keys"][0]
    assert alone.json().keys() == {"kty", "n", "e", "alg", "use", "kid"} and "max-age=3600" in alone["Cache-Control"]
    assert header["kid"].endswith(f"/{RSAKey.import_key(alone.json()).thumbprint()}.json")

    head, payload, signature = credential.token.split(".")
    changed = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).replace(b"Rosa Q.", b"Rosa R.")
    forged = f"{head}.{encoded(changed)}.{signature}"
    with pytest.raises(BadSignatureError):
        their_software(client, forged)
    assert checking.check(forged).state == State.CHANGED
    assert checking.check(credential.token).state == State.HOLDS


def test_a_library_for_open_badges_takes_it_until_it_ends(client, given, cast):
    """It holds the credential against the rules of Open Badges 3.0, and fetches the signed list itself."""
    credential = given(valid_until=timezone.localdate() + timedelta(days=365))
    verifier = OB3Verifier(RSAKey.import_key(client.get("/credentials/keys.json").json()["keys"][0]).as_pem())
    fetched = []

    def download(address, *_more, **_most):
        fetched.append(address)
        return client.get(address.removeprefix(addresses.base())).content

    found = verifier.verify(credential.token, check_status=True, download=download)
    assert found.achievement.name == credential.title and fetched == [f"{addresses.base()}/credentials/status/1"]
    ending.end(credential=credential, why=Why.IN_ERROR, by=cast["coordinator"])
    with pytest.raises(OB3VerificationError, match="'revocation' is set"):
        verifier.verify(credential.token, check_status=True, download=download)


def test_the_program_in_the_manual_checks_it_without_any_of_ours(client, given, cast, tmp_path):
    text = (Path(settings.BASE_DIR) / "docs" / "verifying.md").read_text()
    program = re.search(r"    import base64, gzip, json, sys, time\n(?:    .*\n|\n)+", text)[0]
    (tmp_path / "check.py").write_text(re.sub(r"(?m)^    ", "", program))
    credential = given()

    def run():
        (tmp_path / "list.jwt").write_bytes(client.get("/credentials/status/1").content)
        (tmp_path / "keys.json").write_bytes(client.get("/credentials/keys.json").content)
        (tmp_path / "mine.jwt").write_bytes(client.get(f"/credentials/{credential.pk}.jwt").content)
        command = [sys.executable, "-I", "check.py", "mine.jwt", "keys.json", "list.jwt"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)

    found = run()
    assert (found.returncode, found.stdout) == (0, f"{credential.title}: signed, and it holds\n"), found.stderr
    ending.end(credential=credential, why=Why.IN_ERROR, by=cast["coordinator"])
    found = run()
    assert found.returncode == 1 and "does not hold any more" in found.stderr


def test_nothing_in_it_says_who_where_or_with_whom(client, given, rosa, cast):
    credential = given()
    second = given(subject=Subject.CURRICULUM, edition="", title="Curriculum TST", subject_uid=uuid4())
    told = [json.dumps(their_software(client, one.token)) for one in (credential, second)]
    known = [rosa.pk, GROUP, credential.results[0], *(person.pk for person in Person.objects.all())]
    known += [uid for row in Attempt.objects.values_list("pk", "assessment_uid", "module_uid") for uid in row]
    canaries = ["Rosa", "Quintanilla", rosa.stamp, *(user.person.name for user in cast.values())]
    for text in told:
        assert [
            one for one in [*map(str, known), *(UUID(str(one)).hex for one in known), *canaries] if one in text
        ] == []
        assert "identifier" not in text
    # Nothing ties two of them together but what everybody's have in common.
    places = [their_software(client, one.token)["credentialStatus"]["statusListIndex"] for one in (credential, second)]
    assert places[0] != places[1] and str(credential.pk) not in told[1] and str(second.pk) not in told[0]


def test_it_rests_on_the_learners_own_results_that_count(given, rosa, cast):
    other = shown_by(learners.new_learner(name="Terrence"))
    own = shown_by(rosa)
    for results in ([], [other], [own, other], [shown_by(rosa, Outcome.NOT_YET)], [shown_by(rosa, Outcome.EXEMPT)]):
        with pytest.raises(NotIssued):
            given(results=results)
    decided(own.attempt, Outcome.NOT_YET, corrects=own, why="coordinator")
    with pytest.raises(NotIssued):
        given(results=[own])
    with pytest.raises(NotIssued):
        given(edition="0" * 64)
    with pytest.raises(NotIssued):
        given(name="R" * 201)
    with pytest.raises(NotIssued):
        given(valid_until=timezone.localdate() - timedelta(days=1))
    for by in (cast["labor1"], cast["designer"], other.attempt.learner):
        with pytest.raises(PermissionDenied):
            given(by=by)
    assert not Credential.objects.exists()
    assert given(by=rosa, results=[shown_by(rosa, Outcome.RECOGNIZED)])
    with pytest.raises(NotIssued):
        given(by=cast["coordinator"])
    assert given(by=cast["coordinator"], name="Rosa")


def test_an_end_sets_one_bit_and_the_page_tells_no_story(client, given, cast, rosa):
    credential, stays = given(), given(name="Rosa")
    index, ended = bits(client, credential)
    assert ended == [] and 0 <= index < status.SIZE
    before = client.get("/credentials/status/1")["ETag"]
    assert client.get("/credentials/status/1", headers={"If-None-Match": before}).status_code == 304
    with pytest.raises(PermissionDenied):
        ending.end(credential=credential, why=Why.IN_ERROR, by=cast["instructor1"])
    with pytest.raises(PermissionDenied):
        ending.end(credential=credential, why=Why.IN_ERROR, by=rosa)
    ending.end(credential=credential, why=Why.ASKED, by=rosa)
    with pytest.raises(ending.NotEnded):
        ending.end(credential=credential, why=Why.IN_ERROR, by=cast["coordinator"])
    assert bits(client, credential) == (index, [index])
    assert client.get("/credentials/status/1", headers={"If-None-Match": before}).status_code == 200
    page = words(client.get(f"/credentials/{credential.pk}/"))
    assert "It does not hold any more" in page and "It ended on" in page and str(Why.ASKED.label) not in page
    assert "It holds" in words(client.get(f"/credentials/{stays.pk}/"))
    assert client.get(f"/credentials/{credential.pk}.pdf")["Content-Type"].startswith("text/html")
    assert "it ended on" in checked(client, credential.token)


def test_a_corrected_result_ends_what_rests_on_it_and_nothing_else(given, rosa):
    own, other = shown_by(rosa), shown_by(rosa)
    credential, stays = given(results=[own, other]), given(results=[other], name="Rosa")
    again = decided(own.attempt, Outcome.RECOGNIZED, corrects=own, why="appeal")
    corrected.send(sender=Result, result=again, by=None)
    assert not CredentialEnd.objects.exists()
    void = decided(own.attempt, Outcome.VOID, corrects=again, why="coordinator")
    corrected.send(sender=Result, result=void, by=rosa.person)
    assert [(row.credential, row.why) for row in CredentialEnd.objects.all()] == [(credential, Why.CORRECTED)]
    assert checking.standing(stays).state == State.HOLDS


def test_after_a_change_of_keys_old_ones_hold_and_without_the_former_key_they_do_not(client, given, settings):
    credential = given()
    former = client.get("/credentials/keys.json").json()["keys"][0]
    settings.CREDENTIAL_KEY, settings.CREDENTIAL_FORMER_KEYS = signing.key("another"), [former["n"]]
    later = given(name="Rosa")
    assert former in client.get("/credentials/keys.json").json()["keys"]
    for one in (credential, later):
        assert their_software(client, one.token)["id"] == addresses.credential(one.pk)
        assert checking.check(one.token).state == State.HOLDS
    settings.CREDENTIAL_FORMER_KEYS = []
    assert checking.check(credential.token).state == State.NOT_FROM_HERE


def test_production_gives_none_without_a_key_and_says_so_at_deployment(given, settings, tmp_path):
    settings.CREDENTIAL_KEY = ""
    settings.VAR = tmp_path
    made = given()
    assert (tmp_path / keys.FILE).stat().st_mode & 0o777 == 0o600
    assert keys.signing().key_size == keys.BITS
    assert checking.check(made.token).state == State.HOLDS
    settings.HIGHROAD_PRODUCTION = True
    with pytest.raises(keys.NoKey):
        given(name="Rosa")
    assert [found.id for found in keys.check_key(None)] == ["assessments.W001"]
    locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----"
    for private, public in (("short", "no key"), (signing.key("weak", 1024), signing.key("ours")), (locked, "AQAB")):
        settings.CREDENTIAL_KEY, settings.CREDENTIAL_FORMER_KEYS = private, [public]
        assert [found.id for found in keys.check_key(None)] == ["assessments.E001", "assessments.E002"]
    with pytest.raises(keys.NoKey):
        given(name="Rosa")
    assert Credential.objects.count() == 1


def test_taking_the_words_away_leaves_what_somebody_carries(client, given, rosa):
    credential = given(name="Rosa Quintanilla")
    carried = credential.token
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.filter(pk=credential.pk).update(name="", token="")
    ending.seal(learner=rosa)
    ending.seal(learner=rosa)
    credential.refresh_from_db()
    assert (credential.name, credential.token) == ("", "")
    assert their_software(client, carried)["credentialSubject"]["identifier"]
    assert checking.check(carried).state == State.HOLDS
    page = words(client.get(f"/credentials/{credential.pk}/"))
    assert "words were taken away" in page and "Rosa" not in page and credential.title not in page
    assert {client.get(f"/credentials/{credential.pk}.{ending}").status_code for ending in ("jwt", "json", "pdf")} == {
        404
    }


def test_a_credential_is_never_changed_or_taken_away(given, rosa):
    credential = given(name="Rosa")
    changes = ({"title": "Nurse"}, {"valid_until": timezone.localdate()}, {"token": "x"}, {"learner": rosa, "place": 1})
    for values in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            Credential.objects.filter(pk=credential.pk).update(**values)
    ending.seal(learner=rosa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.filter(pk=credential.pk).update(token="y")
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.filter(pk=credential.pk)._raw_delete("default")


def test_an_outsider_reads_one_by_its_address_and_it_names_nobody_unless_chosen(client, cast, given):
    client.force_login(cast["outsider"])
    unnamed, named = given(), given(name="Rosa Q.")
    answer = client.get(f"/credentials/{unnamed.pk}/")
    page = words(answer)
    assert "Rosa" not in page and "No name is in it" in page and "Skills demonstration" in page
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert f"/verify/{unnamed.edition}/" in answer.content.decode()
    assert "Rosa Q." in words(client.get(f"/credentials/{named.pk}/"))
    signed = client.get(f"/credentials/{named.pk}.jwt")
    assert (signed["Content-Type"], signed.content.decode()) == ("text/plain", named.token)
    assert client.get(f"/credentials/{named.pk}.json").json()["name"] == named.title
    assert client.get(f"/credentials/{uuid4()}/").status_code == 404
    assert client.get("/credentials/").status_code == 404
    assert client.get("/credentials/status/2").status_code == 404


def test_anybody_checks_what_they_were_shown(client, given, settings):
    until = timezone.localdate()
    credential = given(valid_until=until)
    before = Credential.objects.count()
    assert "nobody changed it, and it holds" in checked(client, credential.token[:90] + "\n " + credential.token[90:])
    sent = SimpleUploadedFile("mine.jwt", credential.token.encode())
    assert "and it holds" in words(client.post(reverse("credential_check"), {"file": sent}))
    for text in ("Rosa can stop a bleeding", "a.b.c", credential.token.rpartition(".")[0], "{}", "é" * 9):
        assert "This is not a credential" in checked(client, text)
    assert "This is not a credential" in checked(client, client.get("/credentials/status/1").content.decode())
    assert client.post(reverse("credential_check"), {"text": " "}).status_code == 422
    assert client.post(reverse("credential_check"), {"text": "x" * checking.MOST_BYTES}).status_code == 413
    elsewhere = given(name="Elsewhere").token
    settings.CREDENTIAL_KEY = signing.key("another")
    assert "It is not from here" in checked(client, elsewhere)
    assert Credential.objects.count() == before + 1


def test_our_key_alone_makes_no_credential(given):
    """A key that got out signs what is in no book of ours."""
    credential = given()
    claims = tokens.read(credential.token)
    unknown = claims | {"jti": addresses.credential(uuid4())}
    assert checking.check(tokens.sign(unknown)).state == State.NOT_FROM_HERE
    assert checking.check(tokens.sign(claims | {"name": "Surgeon"})).state == State.CHANGED


def test_a_line_that_names_our_key_and_another_way_to_sign_is_refused(client, given):
    """What everybody reads, our public key, is no secret to sign with; and a key that comes along proves nothing."""
    head, payload, signature = given().token.split(".")
    theirs = RSAKey.generate_key(2048)
    public = keys.signing().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def headed(**changes):
        header = json.loads(base64.urlsafe_b64decode(head + "==")) | changes
        return f"{encoded(json.dumps(header).encode())}.{payload}"

    shared, nothing, brought = headed(alg="HS256"), headed(alg="none"), headed(jwk=theirs.as_dict(private=False))
    shared += f".{encoded(hmac.digest(public, shared.encode(), 'sha256'))}"
    brought += f".{encoded(theirs.private_key.sign(brought.encode(), PKCS1v15(), SHA256()))}"
    for token in (shared, f"{nothing}.{signature}", brought):
        assert checking.check(token).state == State.CHANGED
        with pytest.raises(JoseError):
            their_software(client, token)
    assert checking.check(f"{nothing}.").state == State.NOT_A_CREDENTIAL


def test_a_module_is_earned_once_all_of_it_is_shown(rosa, agreed):
    one, two = str(uuid4()), str(uuid4())
    journal = assessment("My week", method=Method.REFLECTIVE_JOURNAL, criteria="", graded=False)
    frozen = [assessment("A"), assessment("B"), assessment("C"), journal, assessment("Practice", graded=False)]
    pages = [
        replace(pinned(digest), module=module) for digest, module in zip(frozen, (one, one, two, two, two), strict=True)
    ]
    first, second, third = (page.uid for page in pages[:3])
    group = Group(GROUP, "Evening", frozenset(), frozenset(), {page.uid: page for page in pages})
    until = timezone.localdate() + timedelta(days=30)
    results = [shown_by(rosa, assessment=first, valid_until=until), shown_by(rosa, Outcome.NOT_YET, second)]
    assert earning.earned_modules(group, results) == {}
    results.append(shown_by(rosa, Outcome.RECOGNIZED, uuid4()))
    results.append(decided(results[1].attempt, Outcome.COMPETENT))
    earned = earning.earned_modules(group, results)
    assert earned.keys() == {one} and earned[one].valid_until == until
    assert set(earned[one].results) == {results[0], results[3]}
    assert earning.earned_curriculum(group, results) is None
    results.append(shown_by(rosa, assessment=third))
    assert earning.earned_curriculum(group, results).release == results[-1].release
    assert earning.earned_modules(group, results, on=until + timedelta(days=1)).keys() == {two}
    empty = Group(GROUP, "", frozenset(), frozenset(), {})
    assert (earning.earned_modules(empty, results), earning.earned_curriculum(empty, results)) == ({}, None)


def test_paper_says_what_the_signed_text_says(client, given, monkeypatch):
    credential = given(name="Rosa Q.", language="es", title="Módulo T1")
    record = paper.skill_record(
        [
            paper.SkillLine("Bleeding control", "Competent", timezone.localdate(), "P. Paz", "County", "EMT-P", "P-17"),
            paper.SkillLine("Splinting", "Recognized"),
        ],
        name="",
        title="EMT",
        label="2026.1",
        on=timezone.localdate(),
    )
    made = client.get(f"/credentials/{credential.pk}.pdf").content
    assert (
        made.startswith(b"%PDF")
        and "Rosa Q." in Pdf(made).text
        and addresses.credential(credential.pk) in Pdf(made).text
    )
    text = Pdf(paper.skill_record_pdf(record, "en")).text
    assert [one for one in ("Bleeding control", "P. Paz", "EMT-P", "P-17", "Splinting") if one not in text] == []
    assert Learner.objects.count() == 1
    monkeypatch.setattr(printing, "available", lambda: False)
    assert "Módulo T1" in words(client.get(f"/credentials/{credential.pk}.pdf"))
