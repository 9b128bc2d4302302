"""An answer said aloud, a preceptor without an account, and a result that is heard again: each from end to end."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.browser import axe
from tests.browser.steps import text_of
from tests.browser.test_narrow_and_keyboard import TOO_WIDE
from tests.browser.test_station import KEPT, choose, come_back, mark_all
from tests.browser.window import NARROW, PHONE

RUN = "from tests.browser import judging; judging.make()"
SPOKEN, WATCHED, HEARD_AGAIN = "read-a-label-aloud", "lift-and-sign", "dilute-and-label"
#: Plays a recording from its first moment; how it went.
PLAYED = """async player => {
    player.muted = true;
    await player.play();
    await new Promise(done => { player.addEventListener('timeupdate', done, {once: true}); });
    player.pause();
    return [player.readyState, player.duration, player.error];
}"""
#: Whether a film shows anything by now.
SEEN = """async view => {
    while (!view.videoWidth || !view.currentTime) await new Promise(done => setTimeout(done, 50));
    return !view.hidden;
}"""
PRECEPTOR = {
    "Your name": "Paula Ortiz",
    "Your role": "Preceptor",
    "Where you work, or which union or group": "Sample County Hospital",
    "Type of license": "Journey card",
    "License number": "J-4711",
}


@pytest.fixture(scope="module")
def site(serve):
    return serve("demo", "shell", "--no-imports", "--command", RUN)


def look(page):
    """The screen a journey is on, with axe and at 320 px."""
    axe.unfold(page)
    assert axe.violations(page) == []
    size = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": size["height"]})
    assert page.evaluate(TOO_WIDE) == [], page.url
    page.set_viewport_size(size)


def noise(width, height) -> bytes:
    """A picture that does not get smaller when it is packed: more than one piece of it."""
    made = BytesIO()
    Image.effect_noise((width, height), 100).convert("RGB").save(made, "JPEG", quality=95)
    return made.getvalue()


def phone(visit, who="", **more):
    page = visit(who, width=PHONE, **more)
    axe.load(page)
    return page


def come_in(visit, places, name):
    """A learner of the course on their phone."""
    page = phone(visit)
    page.goto(f"/join/{places['join']}/")
    page.get_by_role("link", name="I was here before").click()
    page.get_by_label("The name you chose").fill(name)
    page.get_by_label("Your PIN").fill(places["pin"])
    page.get_by_role("button", name="Come back in").click()
    page.wait_for_url(f"**/learn/{places['course']}/")
    return page


def test_an_answer_in_spanish_is_recorded_heard_and_judged(visit, site, places):
    luisa = come_in(visit, places, "Luisa")
    luisa.context.grant_permissions(["microphone"])
    skill = f"/es/learn/{places['course']}/skills/{places[SPOKEN]}/"
    luisa.goto(skill)
    look(luisa)
    luisa.locator(f"a[href='{skill}evidence/']").first.click()
    look(luisa)
    assert not luisa.get_by_role("button", name=re.compile("^(Parar|Escucharla)")).count(), "first one records"
    luisa.get_by_role("button", name="Grabar aquí").click()
    luisa.get_by_text(re.compile(r"Grabando\. .*59\d")).wait_for()
    luisa.get_by_role("button", name="Parar").click()
    luisa.get_by_text("Grabado. Escúchelo y después envíelo.").wait_for()
    luisa.get_by_role("button", name="Escucharla").click()
    luisa.get_by_role("button", name="Enviar mi respuesta").click()
    luisa.get_by_text("Está guardado.").wait_for()
    assert luisa.locator("audio").evaluate(PLAYED)[0] >= 2
    look(luisa)

    andres = phone(visit, "assessor2")
    andres.goto(f"/teach/{places['course']}/skills/")
    look(andres)
    andres.get_by_role("link", name="Luisa: Read a label and a sheet aloud").click()
    andres.get_by_text(KEPT).wait_for()
    andres.get_by_role("heading", name="What Luisa added").wait_for()
    player = andres.locator("audio").locator("visible=true")
    ready, seconds, error = player.evaluate(PLAYED)
    assert ready >= 2 and seconds > 0.5 and error is None
    sound = player.get_attribute("src")
    part = andres.request.get(sound, headers={"Range": "bytes=4-43"})
    assert part.status == 206 and len(part.body()) == 40
    assert andres.request.get(sound).headers["content-type"] == "audio/webm"
    look(andres)
    mark_all(andres)
    andres.locator("[data-form] .point").first.locator(".point-prompts").get_by_text("1", exact=True).click()
    andres.get_by_role("button", name="Send", exact=True).click()
    andres.get_by_text(re.compile("^Luisa: .*Competent")).first.wait_for()
    andres.goto(f"/teach/{places['course']}/skills/")
    assert "Luisa" not in text_of(andres, ".part-of-skills >> nth=0")

    luisa.goto(skill)
    said = text_of(luisa)
    assert "Competente" in said and "Encuentra el peligro en la etiqueta" in said
    look(luisa)
    luisa.get_by_role("link", name="Abrirla o retirarla").click()
    luisa.get_by_text("Retirarlo", exact=True).click()
    luisa.get_by_role("button", name="Retirarla y borrarla").click()
    luisa.get_by_text("La retiró: ya no está aquí.").wait_for()
    look(luisa)
    assert [page.request.get(sound).status for page in (luisa, andres)] == [404, 404]
    luisa.goto(skill)
    assert "Competente" in text_of(luisa, ".skill-state")
    assert not luisa.locator("audio").count() and sound not in luisa.content()


def test_a_film_is_recorded_watched_and_sent_from_a_phone_and_from_the_station(visit, site, places):
    devon = come_in(visit, places, "Devon")
    devon.context.grant_permissions(["camera", "microphone"])
    skill = f"/learn/{places['course']}/skills/{places[WATCHED]}/"
    devon.goto(f"{skill}evidence/")
    film = devon.locator("details", has=devon.get_by_text("Video", exact=True)).last
    if not film.evaluate("one => one.open"):
        film.locator("summary").click()
    view, told = film.locator("video"), film.locator("[data-part=told]")
    film.get_by_role("button", name="Record here").click()
    told.get_by_text(re.compile(r"Seconds left: 29\d")).wait_for()
    assert view.evaluate(SEEN) and view.evaluate("one => one.muted")
    look(devon)
    film.get_by_role("button", name="Stop").click()
    told.get_by_text("Recorded. Watch it, then send it.").wait_for()
    assert not view.is_visible(), "the camera is closed"
    film.get_by_role("button", name="Watch it").click()
    assert view.evaluate(SEEN)
    film.get_by_role("button", name="Send it").click()
    assert film.locator("input:invalid").count() == 1, "first everybody says yes"
    film.get_by_label("Everybody who can be seen said yes").check()
    film.get_by_role("button", name="Send it").click()
    devon.get_by_text("It is kept.", exact=True).wait_for()
    ready, _seconds, error = devon.locator(".pieces video").evaluate(PLAYED)
    assert ready >= 2 and error is None
    look(devon)

    bea = phone(visit, "assessor2")
    bea.context.grant_permissions(["camera", "microphone"])
    bea.goto(f"/teach/{places['course']}/skills/")
    bea.get_by_role("link", name="Lift safely and set out the signs").click()
    bea.get_by_text(KEPT).wait_for()
    choose(bea, "Devon")
    player = bea.locator(f"video[src='{devon.locator('.pieces video').get_attribute('src')}']")
    assert player.evaluate(PLAYED)[0] >= 2
    part = bea.locator("[data-files-part]")
    part.locator("summary").click()
    part.get_by_role("button", name="Record video").click()
    part.get_by_text("tick the box first").wait_for()
    part.get_by_label("Everybody who can be seen or heard agreed to it").check()
    part.get_by_role("button", name="Record video").click()
    assert part.locator("[data-view]").evaluate(SEEN)
    bea.context.set_offline(True)
    part.get_by_role("button", name="Stop recording").click()
    part.get_by_text("waits on this phone").wait_for()
    look(bea)
    bea.context.set_offline(False)
    part.get_by_text("kept", exact=True).wait_for()
    assert not part.locator("[data-view]").is_visible()
    devon.reload()
    assert devon.locator(".pieces video").count() == 2, "what was filmed of them is theirs to see"


def test_a_photo_goes_on_where_it_stopped_after_a_reload(visit, places):
    andres = phone(visit, "assessor2")
    andres.goto(f"/teach/{places['course']}/skills/")
    andres.get_by_role("link", name="Lift safely and set out the signs").click()
    andres.get_by_text(KEPT).wait_for()
    choose(andres, "Devon")
    asked = []
    andres.context.on("request", lambda one: asked.append(one.method) if "/skills/evidence/" in one.url else None)
    pieces = iter((True, False))

    def let(route):
        goes = route.request.method != "PATCH" or next(pieces, False)
        return route.continue_() if goes else route.abort()

    andres.route("**/skills/evidence/**", let)
    part = andres.locator("[data-files-part]")
    part.locator("summary").click()
    part.get_by_label("Everybody who can be seen or heard agreed to it").check()
    part.locator("input[data-kind=photo]").set_input_files(
        {"name": "lift.jpg", "mimeType": "image/jpeg", "buffer": noise(1100, 1100)}
    )
    part.get_by_text(re.compile(r"on its way: [1-9]\d*%")).wait_for()
    andres.unroute("**/skills/evidence/**")
    andres.reload()
    andres.watch.seen.clear()  # the line that broke
    choose(andres, "Devon")
    andres.locator("[data-files-part]").get_by_text("kept", exact=True).wait_for()
    assert asked.count("POST") == 1 and "HEAD" in asked, "what was there already is not sent again"


def test_a_step_with_a_limit_has_a_clock_that_only_tells(visit, places):
    andres = phone(visit, "assessor2")
    andres.goto(f"/teach/{places['course']}/skills/")
    andres.get_by_role("link", name="Lift safely and set out the signs").click()
    andres.get_by_text(KEPT).wait_for()
    choose(andres, "Devon")
    assert andres.locator("[data-timer]").count() == 1, "where there is a limit, and nowhere else"
    seconds, told = andres.get_by_label("Seconds it took, of 60"), andres.locator("[data-timer-told]")
    andres.get_by_role("button", name="Start the clock").click()
    andres.wait_for_function("() => Number(document.querySelector('[data-timer] input').value) >= 2")
    andres.get_by_role("button", name="Stop the clock").click()
    took = seconds.input_value()
    told.get_by_text(f"{took} seconds of 60.").wait_for()
    seconds.fill("75")
    seconds.blur()
    told.get_by_text("75 seconds: over the 60 that it may take. You decide.").wait_for()
    assert not andres.locator("[data-form] .point :checked[value=met], [data-form] .point :checked[value=not]").count()
    andres.reload()
    choose(andres, "Devon")
    assert andres.get_by_label("Seconds it took, of 60").input_value() == "75"


def test_a_preceptor_signs_on_a_phone_that_is_handed_over(visit, site, places):
    devon = come_in(visit, places, "Devon")
    skill = f"/learn/{places['course']}/skills/{places[WATCHED]}/"
    devon.goto(skill)
    look(devon)
    devon.get_by_role("link", name="Hand the phone to who saw it").click()
    devon.get_by_role("heading", name="Who signs").wait_for()
    look(devon)
    links = devon.locator("a").evaluate_all("all => all.map(one => new URL(one.href).pathname)")
    assert set(links) <= {skill, f"{skill}hand/", f"/es{skill}hand/"}, "nothing else of the learner's"
    sent = []
    devon.on("request", lambda one: one.method == "POST" and sent.append(one))

    devon.context.set_offline(True)
    for point in devon.locator(".hand-point").all():
        point.get_by_text("Met", exact=True).click()
    for label, words in PRECEPTOR.items():
        devon.get_by_label(label).fill(words)
    devon.get_by_role("group", name="May you discipline this person at work?").get_by_label("No", exact=True).check()
    devon.get_by_label("I saw this myself and I sign with my name").check()
    devon.get_by_role("button", name="Sign, and give the phone back").click()
    devon.get_by_text("There is no line just now.").wait_for()
    look(devon)
    assert "Paula" not in devon.content()
    come_back(devon)
    devon.get_by_text("Devon, it is kept.").wait_for()
    look(devon)
    body = sent[-1].post_data
    devon.get_by_role("link", name="I have my phone back").click()
    devon.get_by_text("It is signed. An assessor of the course now confirms who signed.").wait_for()
    headers = {"Origin": site.url, "Content-Type": "application/x-www-form-urlencoded", "X-Handed": "script"}
    again = devon.request.post(f"{skill}hand/", data=body, headers=headers)
    assert again.json() == {"kept": True}
    devon.reload()
    assert devon.locator(".try").count() == 2 and "Try 2" in text_of(devon, ".try >> nth=0"), "sent twice is one"
    assert "Met once, one more" in text_of(devon, ".skill-state")

    andres = phone(visit, "assessor2")
    andres.goto(f"/teach/{places['course']}/skills/")
    andres.get_by_role("link", name=re.compile("^Devon: ")).click()
    assert all(words in text_of(andres) for words in PRECEPTOR.values()) and "One sheet is in." in text_of(andres)
    assert andres.locator(".signed-by").count() == 1
    look(andres)
    andres.get_by_role("button", name="I confirm who signed").click()
    andres.get_by_text("Signed by you. It counts from now on.").wait_for()
    assert "Competent" in text_of(andres, ".result-word")
    assert "Paula Ortiz Who signed was confirmed by: Andrés Villa" in text_of(andres)
    look(andres)

    devon.goto(skill)
    assert "Competent" in text_of(devon, ".skill-state")
    devon.goto(f"/learn/{places['course']}/skills/")
    devon.get_by_role("link", name="Record of verified skills").click()
    line = text_of(devon, ".skill-record tbody")
    assert all(words in line for name, words in PRECEPTOR.items() if name != "Your role") and "Competent" in line
    look(devon)
    paper = devon.request.get(devon.get_by_role("link", name="The record as PDF").get_attribute("href"))
    assert paper.headers["content-type"] == "application/pdf" and paper.body().startswith(b"%PDF")


def test_a_result_is_heard_again_by_one_person_of_each_side(visit, places):
    mina = come_in(visit, places, "Mina")
    skill = f"/learn/{places['course']}/skills/{places[HEARD_AGAIN]}/"
    mina.goto(skill)
    assert "Not yet competent" in text_of(mina, ".skill-state") and "Did not read the dilution" in text_of(mina)
    look(mina)
    mina.get_by_role("link", name="Ask for this to be heard again").click()
    look(mina)
    mina.get_by_label("What was not right?").fill("I pointed at the dilution. Nobody said that I must read it aloud.")
    mina.get_by_role("button", name="Send it to both sides").click()
    mina.get_by_text("You asked for it to be heard again").wait_for()
    assert "The coordinator is choosing who." in text_of(mina)
    look(mina)

    cora = phone(visit, "coordinator")
    cora.goto(f"/teach/{places['course']}/skills/appeals/")
    look(cora)
    for side, name in (("labor", "Lamar Jefferson"), ("management", "Marcus Bell")):
        form = cora.locator("form").filter(has=cora.get_by_label(f"for {side}"))
        form.get_by_label(f"for {side}").select_option(name)
        form.get_by_role("button", name="Ask this person").click()
        cora.get_by_text(f"{name} was asked.").wait_for()
    look(cora)

    reasons = {"labor2": "The task says one may point.", "management2": "Pointing is named as a way to show it."}
    hearers = {who: phone(visit, who) for who in reasons}
    for who, hearer in hearers.items():
        hearer.goto("/review/")
        hearer.locator("a[href='/hear/']").click()
        hearer.locator("main a[href^='/hear/']").first.click()
        said = text_of(hearer)
        assert "I pointed at the dilution." in said and "Did not read the dilution" in said
        assert not [one for one in reasons.values() if one in said], "nobody reads what the other side found"
        if who == "management2":
            look(hearer)
        hearer.get_by_label("The learner showed it").check()
        hearer.get_by_label("Why: the learner reads this").fill(reasons[who])
        hearer.get_by_role("button", name="Send what I found").click()
        hearer.get_by_text("Kept. The learner reads what you found once both sides have answered.").wait_for()
        if who == "labor2":
            look(hearer)
            assert "You answered. It is open until the other side has." in text_of(hearer)
            mina.reload()
            assert reasons[who] not in mina.content(), "read once both have answered"
    for hearer in hearers.values():
        hearer.reload()
        assert "Closed" in text_of(hearer) and "Mina" not in text_of(hearer)
        assert not [one for one in ("I pointed", "Did not read") if one in hearer.content()]
    look(hearer)
    hearer.goto("/hear/")
    look(hearer)

    mina.goto(skill)
    said = text_of(mina)
    assert all(reason in said for reason in reasons.values())
    assert "Competent" == text_of(mina, ".skill-state b") and "It was heard again." in said
    look(mina)
