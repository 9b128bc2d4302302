"""Stop the bleeding: two assessors, a third look, coaching, two more tries, and a credential others can check."""

import json
import re
import subprocess
import sys

import pytest

from tests.browser import axe
from tests.browser.steps import text_of
from tests.browser.test_narrow_and_keyboard import TOO_WIDE
from tests.browser.test_station import FACTS, at_station, choose, come_back, mark_all
from tests.browser.window import NARROW, PHONE

RUN = "from tests.browser import bleeding; bleeding.make()"
#: What somebody else runs, with the keys they took from us once and nothing else of ours.
CHECK = """
import json, sys
from joserfc import jwt
from joserfc.jwk import KeySet
keys = KeySet.import_key_set(json.load(open(sys.argv[1])))
claims = jwt.decode(open(sys.argv[2]).read().strip(), keys, algorithms=["RS256"]).claims
print(json.dumps(claims))
"""


@pytest.fixture(scope="module")
def site(serve):
    return serve("demo", "shell", "--no-imports", "--command", RUN)


@pytest.fixture
def look():
    """look(page) checks the screen a journey is on: axe, and 320 px."""

    def at(page):
        axe.unfold(page)
        assert axe.violations(page) == []
        size = page.viewport_size
        page.set_viewport_size({"width": NARROW, "height": size["height"]})
        assert not page.evaluate(TOO_WIDE), page.url
        page.set_viewport_size(size)

    return at


def rate(page, station, name, missed=None):
    """One sheet about somebody, sent; `missed` is (place of a point, what was seen)."""
    page.goto(station)
    choose(page, name)
    mark_all(page, but=[missed[0]] if missed else [])
    if missed:
        page.locator("[data-form]").get_by_label(FACTS).locator("visible=true").fill(missed[1])
    page.get_by_role("button", name="Send", exact=True).click()


def verified(tmp_path, keys, token):
    """What another program reads in a credential, by our public keys."""
    (tmp_path / "keys.json").write_text(json.dumps(keys))
    (tmp_path / "credential.jwt").write_text(token)
    run = [sys.executable, "-c", CHECK, str(tmp_path / "keys.json"), str(tmp_path / "credential.jwt")]
    return json.loads(subprocess.run(run, capture_output=True, check=True, text=True).stdout)


def test_stop_the_bleeding(visit, site, places, look, tmp_path):
    aisha, andres = (at_station(visit, who, places) for who in ("assessor1", "assessor2"))
    for page, missed in ((aisha, None), (andres, (1, "Pressed beside the wound for a minute."))):
        page.context.set_offline(True)
        choose(page, "Nia")
        mark_all(page, but=[missed[0]] if missed else [])
        if missed:
            page.locator("[data-form]").get_by_label(FACTS).locator("visible=true").fill(missed[1])
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_role("button", name="Send 1 sheet").wait_for()
    come_back(aisha)
    aisha.get_by_text("Nia: Kept. Waiting for the second person.").wait_for()
    come_back(andres)
    andres.get_by_text("Nia: Kept. Third look needed: two people saw it differently.").wait_for()

    nia = visit(width=PHONE)
    axe.load(nia)
    nia.goto(f"/join/{site.manage('shell', '--no-imports', '--command', CODE.format(places['course'])).strip()}/")
    nia.get_by_role("link", name="I was here before").click()
    nia.get_by_label("The name you chose").fill("Nia")
    nia.get_by_label("Your PIN").fill(places["pin"])
    nia.get_by_role("button", name="Come back in").click()
    nia.goto(places["bleeding"])
    assert "Pressed beside" not in nia.content(), "closed until it is decided"

    ines = visit("instructor1", width=PHONE)
    axe.load(ines)
    ines.goto(f"/teach/{places['course']}/skills/")
    look(ines)
    ines.get_by_role("link", name=re.compile("^Nia: Stop severe limb bleeding")).click()
    look(ines)
    ines.get_by_label("Not yet", exact=True).check()
    ines.get_by_label("Why: the facts you go by").fill("Both say the hand was beside the wound at first.")
    ines.get_by_role("button", name="Decide this try").click()
    ines.get_by_text("Not yet competent").first.wait_for()
    look(ines)

    nia.reload()
    said = text_of(nia)
    assert "Pressed beside the wound" in said and "Both say the hand was beside" in said
    look(nia)
    rate(aisha, places["station"], "Nia")
    aisha.get_by_text("Before the next try somebody talks over what went wrong").first.wait_for()
    ines.get_by_label("What the two of you agreed on").fill(
        "Find the wound with your eyes first. Ten times on the leg."
    )
    ines.get_by_role("button", name="Keep it and open the next try").click()
    nia.reload()
    assert "Find the wound with your eyes first." in text_of(nia)

    aisha.get_by_role("button", name="Send it again").click()
    aisha.get_by_text("Nia: Kept. Waiting for the second person.").wait_for()
    rate(andres, places["station"], "Nia")
    andres.get_by_text(re.compile("^Nia: Kept.")).wait_for()
    for page in (aisha, andres):
        rate(page, places["station"], "Nia")
        page.get_by_text(re.compile("^Nia: ")).first.wait_for()
    andres.get_by_text(re.compile("^Nia: .*Competent")).first.wait_for()

    nia.goto(f"/learn/{places['course']}/skills/")
    look(nia)
    nia.get_by_role("link", name="My credentials").click()
    look(nia)
    nia.get_by_role("link", name=re.compile(r"^Take this credential ?: Trauma")).click()
    nia.get_by_label("Another one").check()
    nia.get_by_label("The other name").fill("Nia Example")
    nia.get_by_role("button", name="See what will stand in it").click()
    look(nia)
    nia.get_by_role("button", name=re.compile("^Sign it")).click()
    look(nia)
    token = nia.request.get(nia.get_by_role("link", name="Save the signed file").get_attribute("href")).text()
    keys = nia.request.get("/credentials/keys.json").json()
    claims = verified(tmp_path, keys, token)
    assert claims["credentialSubject"]["achievement"]["name"] == "Trauma"
    assert "Nia Example" in json.dumps(claims)

    stranger = visit(width=PHONE)
    axe.load(stranger)
    stranger.goto("/credentials/check/")
    stranger.get_by_label("Paste the credential here").fill(token)
    stranger.get_by_role("button", name="Check it").click()
    look(stranger)
    assert "holds" in text_of(stranger)


CODE = """
from courses.cohorts.models import Course
print(Course.objects.get(code="{}").join_code)
"""
