"""Which screens there are, by name. Tests that look at every screen look at these.

PUBLIC is {name: address}, the others {name: (who, address)}. Addresses are filled in with what a busy site holds
(`places.json`).
"""

COURSE = "/curricula/green-custodial/"
CHEMICALS = f"{COURSE}chemicals-and-safer-choices/"
EVENING, TEACHING = "/learn/green-custodial-evening/", "/teach/green-custodial-evening/"
DILUTION = f"{CHEMICALS}dilution-and-secondary-containers/"

PUBLIC = {
    "home": "/",
    "course": COURSE,
    "module": CHEMICALS,
    "lesson": DILUTION,
    "every block": "{every_block}",
    "assessment": f"{CHEMICALS}dilute-and-label/",
    "both languages": "/both/green-custodial/chemicals-and-safer-choices/dilution-and-secondary-containers/",
    "older lesson": "{older}chemicals-and-safer-choices/dilution-and-secondary-containers/",
    "search": "/search/",
    "search found": "/search/?q=bleach",
    "search found nothing": "/search/?q=xylophone",
    "verify": "/verify/",
    "verify course text": "/verify/{release}/",
    "check a credential": "/credentials/check/",
    "verify unknown": "/verify/" + 64 * "0" + "/",
    "saved": "/saved/",
    "not connected": "/saved/offline/",
    "join": "/join/",
    "missing": f"{COURSE}chemicals-and-safer-choices/no-such-lesson/",
    "missing elsewhere": "/no-such-place/",
    "how it is at work": "/voice/",
    "say how it is": "/voice/?page={spoken}",
    "follow what was said": "/voice/follow/",
    "demo": "/demo/",
    "story": "/demo/story/",
    "sign in": "/accounts/login/",
    "sign in by code": "/accounts/login/code/",
    "forgotten password": "/accounts/password/reset/",
}
#: The released ones, which stand below /es/ too.
IN_SPANISH = (
    "home",
    "course",
    "module",
    "lesson",
    "every block",
    "assessment",
    "both languages",
    "older lesson",
    "search found",
    "verify",
    "saved",
)

REVIEWER = {
    "desk": ("labor1", "/review/"),
    "room": ("labor1", "/review/{rooms[again]}/"),
    "room since last round": ("management1", "/review/{rooms[again]}/?since=round"),
    "room in Spanish": ("labor1", "/review/{rooms[done]}/?language=es"),
    "room half agreed": ("labor1", "/review/{rooms[half]}/"),
    "room with a request": ("management1", "/review/{rooms[asked]}/"),
    "room that moved on": ("management1", "/review/{rooms[moved_on]}/"),
    "room that ended": ("labor2", "/review/{rooms[ended]}/"),
    "room of a small fix": ("labor2", "/review/{rooms[small_G6]}/"),
    "page in the room": ("labor1", "{page}"),
    "changes of a page": ("labor1", "{page}?view=changes"),
    "agree": ("labor1", "/review/{rooms[again]}/answer/?position=support"),
    "ask for a change": ("management1", "/review/{rooms[again]}/answer/?position=request_changes"),
    "record": ("management1", "/review/{rooms[asked]}/record/"),
}

OTHERS = {
    "my modules": ("designer", "/write/"),
    "my modules with reviews": ("designer2", "/write/"),
    "send": ("designer", "/send/{drafts[unsent]}/"),
    "nothing to send": ("designer", "/send/{drafts[module]}/"),
    "newer text": ("designer2", "/review/{rooms[moved_on]}/newer/"),
    "take back": ("designer2", "/review/{rooms[moved_on]}/take-back/"),
    "room of a designer": ("designer2", "/review/{rooms[moved_on]}/"),
    "desk of a coordinator": ("coordinator", "/review/"),
    "desk of an auditor": ("auditor", "/review/"),
    "room of an auditor": ("auditor", "/review/{rooms[asked]}/"),
    "what workers said": ("designer", "/voices/"),
    "one thing a worker said": ("designer", "/voices/{voice}/"),
    "what was cleared": ("labor2", "/voices/heard/"),
    "own account": ("labor1", "/accounts/email/"),
    "second step": ("labor1", "/accounts/2fa/"),
    "sign out": ("labor1", "/accounts/logout/"),
    "nothing for an outsider": ("outsider", "/review/"),
    "course of a learner": ("learner1", f"{EVENING}"),
    "lesson in a course": ("learner1", f"/es{EVENING}chemicals-and-safer-choices/safety-data-sheets-fast/"),
    "dates of a course": ("learner1", f"{EVENING}schedule/"),
    "who helps in a course": ("learner1", f"{EVENING}support/"),
    "what is kept of a learner": ("learner1", f"{EVENING}me/"),
    "courses of an instructor": ("instructor1", "/teach/"),
    "today in a course": ("instructor1", f"{TEACHING}"),
    "people of a course": ("instructor1", f"{TEACHING}people/"),
    "plan of a course": ("instructor1", f"{TEACHING}plan/"),
    "poster of a course": ("instructor1", f"{TEACHING}poster/"),
    "support page to write": ("instructor1", f"{TEACHING}support/"),
    "a list of names": ("instructor1", f"{TEACHING}roster/"),
    "a workshop to set up": ("instructor1", "/teach/workshop/"),
    "skills of a course": ("assessor1", f"{TEACHING}skills/"),
    "table of skills": ("assessor1", f"{TEACHING}skills/table/"),
    "a try that is decided": ("assessor1", "{try}"),
    "how assessors agree": ("coordinator", f"{TEACHING}skills/agreement/"),
    "own skills": ("learner1", f"{EVENING}skills/"),
    "one skill": ("learner1", "{skill}"),
    "phone handed over": ("learner1", "{skill}hand/"),
}


def public() -> dict[str, tuple[str, str]]:
    """PUBLIC in both languages, as {name: (who, address)}; nobody is ""."""
    spanish = {f"{name} in Spanish": ("", f"/es{PUBLIC[name]}") for name in IN_SPANISH}
    spanish["search found in Spanish"] = ("", "/es/search/?q=cloro")
    return {name: ("", address) for name, address in PUBLIC.items()} | spanish


def addressed(address: str, places: dict) -> str:
    """An address with what it names filled in."""
    return address.format(**places)
