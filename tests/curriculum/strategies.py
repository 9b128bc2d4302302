"""Made-up content for property tests: rich text as people nest it, and whole snapshots in portable form."""

import re
from html import escape
from uuid import UUID

from hypothesis import strategies as st

from curriculum.enums import LessonFlag, Mode
from curriculum.sanitize import plain_text

LETTERS = st.characters(categories=["L", "N", "P", "S"], include_characters=" \u00a0&<>\"'")
words = st.text(LETTERS, min_size=1, max_size=12)
#: Words that stay as they are in a plain field: nothing the database or a form would trim.
plain = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
uids = st.integers(1, 2**64 - 1).map(lambda number: str(UUID(int=(number << 64) | number)))
addresses = st.sampled_from(["https://example.org/?a=1&b=2", "mailto:a@example.org", "tel:+15550100"])

inline = st.recursive(
    (words | st.sampled_from([" ", "\n", "  "])).map(lambda text: escape(text, quote=False)) | st.just("<br>"),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4).map("".join)
        | st.tuples(st.sampled_from(["b", "i", "code", "strong", "em"]), inner).map(
            lambda p: f"<{p[0]}>{p[1]}</{p[0]}>"
        )
    ),
    max_leaves=8,
)
linked = st.tuples(addresses, inline).map(lambda p: f'<a href="{escape(p[0])}">{p[1]}</a>')
line = st.lists(inline | linked, min_size=1, max_size=3).map("".join).filter(lambda html: plain_text(html).strip())
lists = st.recursive(
    st.lists(line, min_size=1, max_size=3).map(lambda lines: "".join(f"<li>{text}</li>" for text in lines)),
    lambda inner: st.tuples(line, st.sampled_from(["ul", "ol"]), inner).map(
        lambda p: f"<li>{p[0]}<{p[1]}>{p[2]}</{p[1]}></li>"
    ),
    max_leaves=3,
)
block = (
    line.map("<p>{}</p>".format)
    | line.map("<blockquote>{}</blockquote>".format)
    | st.tuples(st.sampled_from(["ul", "ol"]), lists).map(lambda p: f"<{p[0]}>{p[1]}</{p[0]}>")
)
#: No list right behind a list: the editor joins a bulleted one to a numbered one before it, whatever is stored.
rich = st.lists(block, min_size=1, max_size=3).map("".join).filter(lambda html: not re.search("</[uo]l><[uo]l>", html))


def entry(value):
    return st.fixed_dictionaries({"id": uids, "value": value})


def entries(value, **sizes):
    return st.lists(entry(value), unique_by=lambda item: item["id"], **sizes)


@st.composite
def tables(draw, html):
    width = draw(st.integers(1, 3))
    return {
        "caption": draw(plain),
        "columns": draw(st.lists(plain, min_size=width, max_size=width)),
        "rows": draw(st.lists(st.lists(html, min_size=width, max_size=width), max_size=3)),
    }


def types_of(html):
    """{block type: its values}, with `html` for words."""
    day = st.dates().map(lambda day: day.isoformat())
    caution = st.fixed_dictionaries({"what": html}, optional={"who": plain, "confirmed_by": plain, "confirmed_on": day})
    answer = st.fixed_dictionaries({"text": html}, optional={"correct": st.booleans()})
    words = "text content_note safety try_it discuss local_policy worker_voice take_home key_points"
    return {
        **dict.fromkeys(words.split(), html),
        "heading": st.fixed_dictionaries({"level": st.sampled_from([2, 3]), "text": plain}),
        "table": tables(html),
        "steps": entries(html, max_size=4),
        "scenario": st.fixed_dictionaries({"situation": html, "what_works": html}),
        "check": st.fixed_dictionaries({"question": html, "answers": entries(answer, max_size=3), "feedback": html}),
        "facilitator": st.fixed_dictionaries({"text": html, "cautions": entries(caution, max_size=2)}),
        "link_card": st.fixed_dictionaries({"url": st.just("https://example.org/"), "text": html}),
    }


TYPES = types_of(rich)
bodies = st.lists(
    st.sampled_from(sorted(TYPES)).flatmap(
        lambda name: st.fixed_dictionaries({"id": uids, "type": st.just(name), "value": TYPES[name]})
    ),
    unique_by=lambda item: item["id"],
    max_size=5,
)
hours = st.dictionaries(
    st.sampled_from(["classroom", "hands_on", "field"]), st.sampled_from(["1", "0.5", "12.25"]), max_size=3
)
#: A lesson in portable form, without what points at other rows.
lessons = st.fixed_dictionaries(
    {
        "kind": st.just("lesson"),
        "language": st.just("en"),
        "slug": st.just("lesson"),
        "title": plain,
        "code": plain,
        "mode": st.sampled_from(Mode.values),
        "minutes": st.integers(0, 90),
        "body": bodies,
    },
    optional={
        "objective": plain,
        "hours": hours,
        "flags": st.lists(st.sampled_from(LessonFlag.values), unique=True).map(sorted),
        "tags": st.lists(st.sampled_from(["gloves", "water"]), unique=True).map(sorted),
    },
)
