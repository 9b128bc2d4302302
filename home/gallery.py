"""Every shared part of a screen on one page, for whoever changes one. Wired in development only.

The data is invented here and nothing is read from the database, so that the page looks the same on every
machine and a screenshot of it shows a change of a template or a sheet and nothing else.
"""

import datetime

from django import forms
from django.shortcuts import render
from django.urls import path

LABOR_DAY = datetime.date(2026, 11, 3)
MANAGEMENT_DAY = datetime.date(2026, 11, 12)

LABOR = {"side": "labor", "name": "Sample Local 100", "state": "agreed", "on": LABOR_DAY}
MANAGEMENT = {
    "side": "management",
    "name": "Sample County Departments",
    "state": "agreed",
    "on": MANAGEMENT_DAY,
}
WAITING = MANAGEMENT | {"state": "waiting", "on": None}
ASKS = LABOR | {"state": "change"}

PAGES = [
    {
        "kind": "lesson",
        "title": "Read the label",
        "url": "#",
        "minutes": 7,
        "translated": True,
        "safety": False,
    },
    {
        "kind": "lesson",
        "title": "Dilution and secondary containers",
        "url": "#",
        "minutes": 7,
        "translated": True,
        "safety": True,
        "current": True,
        "objective": "Dilute with cold water using a dispenser and label the bottle fully.",
    },
    {"kind": "lesson", "title": "Never mix", "url": "#", "minutes": 8, "translated": False, "safety": True},
    {
        "kind": "assessment",
        "title": "Dilute a concentrate and label the bottle",
        "url": "#",
        "translated": True,
    },
]

CHECK = {
    "question": "<p>The label says 1:64. How much product for one gallon of water?</p>",
    "answers": [
        {"id": "a1", "value": {"text": "<p>1/2 ounce</p>", "correct": False}},
        {"id": "a2", "value": {"text": "<p>2 ounces</p>", "correct": True}},
        {"id": "a3", "value": {"text": "<p>64 ounces</p>", "correct": False}},
    ],
    "feedback": "<p>128 divided by 64 is 2.</p>",
}
STEPS = [
    "<p>Read the label.</p>",
    "<p>Put in <b>cold</b> water first.</p>",
    "<p>Label it before you leave.</p>",
]
FACILITATOR = {
    "text": "<p>Use water with food color.</p>",
    "cautions": [{"id": "c1", "value": {"what": "<p>The County date for mixtures.</p>", "who": "Chemical safety"}}],
}
SCENARIO = {
    "situation": "<p>Kenji coughs each time you clean the lobby glass at nine o’clock.</p>",
    "what_works": "<p>Say, “Thanks for telling me. I can change that.” Use a damp cloth.</p>",
}
TABLE = {
    "columns": ["Label says", "For 1 gallon"],
    "rows": [["1:32", "4 oz"], ["1:64", "2 oz"], ["1:128", "1 oz"]],
}
WORDS = "<p>Words of the block, <b>short</b> and plain.</p>"

BLOCKS = [
    ("content_note", WORDS, "learner"),
    ("heading", {"level": 2, "text": "Read the ratio"}, "learner"),
    ("text", WORDS, "learner"),
    ("safety", "<p>Never put a chemical in a cup or a drink bottle.</p>", "learner"),
    ("steps", [{"id": f"s{n}", "value": step} for n, step in enumerate(STEPS)], "learner"),
    ("table", TABLE, "learner"),
    ("try_it", WORDS, "learner"),
    ("discuss", WORDS, "learner"),
    ("scenario", SCENARIO, "learner"),
    ("check", CHECK, "learner"),
    ("local_policy", WORDS, "learner"),
    ("worker_voice", WORDS, "learner"),
    ("take_home", WORDS, "learner"),
    ("key_points", "<ul><li>Cold water first.</li><li>Measure.</li><li>Label.</li></ul>", "learner"),
    ("facilitator", FACILITATOR, "learner"),
    ("facilitator", FACILITATOR, "instructor"),
    ("document", {"url": "https://example.org/sheet.pdf", "text": WORDS}, "learner"),
    ("link_card", {"url": "https://example.org/", "text": WORDS}, "learner"),
]


CAST = [
    {"label": "designer", "url": "#", "current": True},
    {"label": "labor reviewer", "url": "#", "current": False},
    {"label": "management reviewer", "url": "#", "current": False},
]


class Form(forms.Form):
    title = forms.CharField(label="Title", help_text="As learners will read it.")
    note = forms.CharField(label="Why this change", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(
        label="What changes",
        choices=[("s", "Small fix"), ("c", "Changes what is taught")],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label="Language", choices=[("en", "English"), ("es", "Español")])
    own = forms.BooleanField(label="Show my name on public pages", help_text="Otherwise only your side is named.")


def context():
    """What the page shows; a function, so that a test may render the parts without a request."""
    return {
        "sample": True,
        "demo": True,
        "cast_bar": CAST,
        "agreed": [LABOR, MANAGEMENT],
        "half": [LABOR, WAITING],
        "asked": [ASKS, WAITING],
        "day": LABOR_DAY,
        "pages": PAGES,
        "module": {"code": "G2", "title": "Chemicals and safer choices"},
        "crumbs": [
            {"title": "Green Custodial", "url": "#"},
            {"title": "Chemicals and safer choices", "url": "#"},
        ],
        "languages": [
            {"code": "en", "name": "English", "url": "#", "current": True, "available": True},
            {"code": "es", "name": "Español", "url": "#", "current": False, "available": False},
        ],
        "tabs": [
            {"label": "What changed", "url": "#", "current": True, "count": 3},
            {"label": "The whole lesson", "url": "#"},
            {"label": "Comments", "url": "#", "count": 12},
        ],
        "details": {
            "label": "2026.1",
            "version": 4,
            "fingerprint": "9f3c51d0a77be2c1" * 4,
            "verify_url": "#",
        },
        "table": TABLE,
        "hours": {"classroom": "59", "hands_on": "62", "field": "27", "total": "148"},
        "words": [{"term": "dilution", "word": "dilution", "meaning": "Mixing with water to the right strength"}],
        "language": "en",
        "facts": ["148 h", "English", "Español"],
        "doors": [
            {"label": "I write", "text": "Change a sentence and send it.", "url": "#", "icon": "pencil"},
            {"label": "I speak for workers", "url": "#", "side": "labor"},
            {"label": "I speak for management", "url": "#", "side": "management"},
            {"label": "I learn", "text": "Read on a phone.", "url": "#", "icon": "phone"},
        ],
        "step": {"title": "Safety data sheets fast", "url": "#"},
        "blocks": [
            {
                "id": f"{kind}-{n}",
                "type": kind,
                "value": value,
                "audience": audience,
                "template": block_template(kind),
            }
            for n, (kind, value, audience) in enumerate(BLOCKS)
        ],
        "form": Form({"own": ""}),
    }


def block_template(kind):
    return f"curriculum/blocks/{kind}.html"


def gallery(request):
    return render(request, "gallery/index.html", context())


urlpatterns = [path("gallery/", gallery, name="gallery")]
