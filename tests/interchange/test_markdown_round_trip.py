"""Whatever an editor can write survives the way through Markdown: the same blocks come back."""

import re
import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.codec.richtext import one_form
from interchange.package.blocks_in import read_body
from interchange.package.blocks_out import BlockWriter
from interchange.package.compare import same_form
from interchange.package.html_in import NotPortable, canonical, from_html
from interchange.package.markdown_in import Place
from interchange.package.problems import Report
from interchange.package.richtext import BREAK, Entry, List, Paragraph, Quote, Run, normal, to_html

UID = "0c9b1f5e-7a52-4a4e-9f8e-3a5b6c7d8e9f"
MEDIA = {"sha256": "a" * 64, "ext": "svg", "size": 3, "width": 4, "height": 5, "file": "drop (1).svg"}
FILM = {"sha256": "b" * 64, "ext": "mp4", "size": 3, "file": "film é.mp4"}

TRICKY = [
    "What works:",
    "Confirm before teaching: this",
    "Confirme antes de enseñar [who: x]: eso",
    "- [ ] box",
    "1. one",
    "12) twelve",
    "# head",
    "> quote",
    ":::{safety}",
    ":::",
    ":captions: file",
    "+++",
    "---",
    "===",
    "| a | b |",
    "|---|---|",
    "a_b_c *d* **e** `f`",
    "[x](y) ![z](w)",
    "[a]: b",
    "<b> &amp; &nbsp; &#58;",
    "https://example.org/?a=1&copy=2",
    "C:\\temp\\",
    "\u00a0x\u00a0",
    "\u0338",
    "***",
    "~~~",
]
LETTERS = "ab Zé9 .,:;!?'\"()[]{}<>|*_`~#+-=&\\/$%^@¿€—\u00a0\u3000\u0301\u0338\U0001f9fc\n"
words = st.one_of(st.text(LETTERS, min_size=1, max_size=12), st.sampled_from(TRICKY))
links = st.sampled_from(
    [None, None, ("uid", UID), ("href", "https://example.org/a_(b)?x=1&y=<2>"), ("href", "tel:+12135550188")]
)
run = st.builds(Run, words, bold=st.booleans(), italic=st.booleans(), code=st.booleans(), link=links)
runs = st.lists(st.one_of(run, run, run, st.just(BREAK)), min_size=1, max_size=5)
plain_runs = st.lists(st.builds(Run, words), min_size=1, max_size=2)
some = st.one_of(runs, plain_runs)
lists = st.recursive(
    st.builds(List, st.booleans(), st.lists(st.builds(Entry, some), min_size=1, max_size=3)),
    lambda inner: st.builds(
        List, st.booleans(), st.lists(st.builds(Entry, some, st.lists(inner, max_size=2)), min_size=1, max_size=2)
    ),
    max_leaves=3,
)
rich = st.lists(st.one_of(st.builds(Paragraph, some), st.builds(Quote, some), lists), min_size=1, max_size=4)


def as_html(blocks) -> str:
    return to_html(normal(blocks))


html = rich.map(as_html).filter(bool)
paragraphs = st.lists(st.builds(Paragraph, some), min_size=1, max_size=2).map(as_html).filter(bool)
plain = words.map(lambda text: " ".join(unicodedata.normalize("NFC", text).split()).lstrip("\u0338 ")).filter(bool)
said = st.text("ab Zé9;:][\\.-", min_size=1, max_size=12).map(lambda t: " ".join(t.split())).filter(bool)
maybe = st.one_of(st.just(""), html)


def entries(value, least=1):
    return st.lists(value.map(lambda one: {"id": None, "value": one}), min_size=least, max_size=3)


def kept(value: dict) -> dict:
    return {name: part for name, part in value.items() if part not in ("", [], None)}


def right(value: dict) -> dict:
    value["answers"][0]["value"]["correct"] = True
    return value


caution = st.fixed_dictionaries({"what": paragraphs, "who": st.one_of(st.just(""), said)}).map(kept)
confirmed = st.fixed_dictionaries(
    {"what": paragraphs, "who": said, "confirmed_by": said, "confirmed_on": st.just("2026-11-02")}
)
answer = st.fixed_dictionaries({"text": paragraphs, "correct": st.booleans()})
names = "content_note safety try_it discuss local_policy worker_voice take_home key_points text".split()
cells = st.one_of(st.just(""), paragraphs)
tables = (
    st.integers(1, 3)
    .flatmap(
        lambda width: st.fixed_dictionaries(
            {
                "caption": st.one_of(st.just(""), plain),
                "columns": st.lists(st.one_of(st.just(""), plain), min_size=width, max_size=width),
                "rows": st.lists(st.lists(cells, min_size=width, max_size=width), max_size=2),
            }
        )
    )
    .map(kept)
)
BLOCKS = {
    **dict.fromkeys(names, html),
    "heading": st.fixed_dictionaries({"level": st.sampled_from([2, 3]), "text": plain}),
    "image": st.fixed_dictionaries(
        {"image": st.just(MEDIA), "alt": st.one_of(st.just(""), plain), "caption": st.one_of(st.just(""), plain)}
    ),
    "table": tables,
    "steps": entries(paragraphs),
    "scenario": st.fixed_dictionaries({"situation": html, "what_works": html}),
    "check": st.fixed_dictionaries({"question": html, "answers": entries(answer, 2), "feedback": maybe})
    .map(right)
    .map(kept),
    "facilitator": st.fixed_dictionaries(
        {"text": html, "cautions": st.one_of(st.just([]), entries(st.one_of(caution, confirmed)))}
    ).map(kept),
    "video": st.fixed_dictionaries(
        {"file": st.just(FILM), "poster": st.sampled_from([None, MEDIA]), "transcript": html}
    ).map(kept),
    "audio": st.fixed_dictionaries({"file": st.just(FILM), "transcript": html}),
    "document": st.one_of(
        st.fixed_dictionaries({"file": st.just(FILM), "text": html}),
        st.fixed_dictionaries({"url": st.just("https://example.org/a_b?c=(d)"), "text": html}),
    ),
    "link_card": st.fixed_dictionaries({"url": st.just("https://example.org/"), "text": html}),
}
block = st.sampled_from(sorted(BLOCKS)).flatmap(
    lambda kind: BLOCKS[kind].map(lambda value: {"id": None, "type": kind, "value": value})
)


def through_markdown(blocks, language="en"):
    """The blocks written and read again, and the Markdown between; a problem on the way is a failure."""
    by_path = {media["file"]: media for media in (MEDIA, FILM)}
    writer = BlockWriter(
        language,
        lambda target: target[1] if target[0] == "href" else f"uid:{target[1]}",
        lambda media: media["file"].replace(" ", "-"),
    )
    text = unicodedata.normalize("NFC", writer.body(blocks))
    report = Report()
    paths = {path.replace(" ", "-"): media for path, media in by_path.items()}

    def link(address, line):
        return ("uid", address[4:]) if address.startswith("uid:") else ("href", address)

    def media(path, line, kind):
        return paths[unquote(path)]

    found = [one.block() for one in read_body(text, 1, Place(report.at("lesson"), link, media))]
    assert not report.problems, (text, [str(problem) for problem in report.problems])
    return found, text


@settings(max_examples=100, deadline=None)
@given(st.lists(block, min_size=1, max_size=4), st.sampled_from(["en", "es", "es-MX", "zh"]))
def test_blocks_come_back_as_they_were(blocks, language):
    found, text = through_markdown(blocks, language)
    assert [same_form(one) for one in found] == [same_form(one) for one in blocks], text


@settings(max_examples=100, deadline=None)
@given(rich)
def test_rich_text_has_one_form(blocks):
    html = as_html(blocks)
    assert canonical(html) == html == one_form(html)
    assert to_html(from_html(html)) == html


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from("<p> </p> <b> </b> <i> </i> <ul> </ul> <li> </li> <br> a b &amp; <a> </a>".split()), max_size=12
    )
)
def test_the_form_of_broken_html_is_stable(pieces):
    try:
        once = canonical("".join(pieces))
    except NotPortable:
        return
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("*0.4 x 60 = **24 minutes***", "<p><i>0.4 x 60 = </i><b><i>24 minutes</i></b></p>"),
        ("see **[this](https://a.org) page**", '<p>see <a href="https://a.org"><b>this</b></a><b> page</b></p>'),
        ("one\\\ntwo\nthree", "<p>one<br>two three</p>"),
        ("A & B < C", "<p>A &amp; B &lt; C</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("- a\n\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("> a\n\n> b", "<blockquote>a</blockquote><blockquote>b</blockquote>"),
        ("[a][b]\n\n[b]: https://a.org", '<p><a href="https://a.org">a</a></p>'),
    ],
)
def test_what_markdown_becomes(markdown, html):
    report = Report()
    place = Place(report.at(""), lambda address, line: ("href", address), None)
    assert [one.block() for one in read_body(markdown, 1, place)] == [{"id": None, "type": "text", "value": html}]
    assert not report.problems


def test_plain_sentences_are_written_as_a_person_would():
    sentence = "Keep 3 feet (about 1 m) away; it's 50% - or more - of what you'd expect: A & B, x_y, 5 < 6."
    _blocks, text = through_markdown(
        [{"id": None, "type": "text", "value": f"<p>{sentence.replace('&', '&amp;').replace('<', '&lt;')}</p>"}]
    )
    assert text == sentence


def test_two_text_blocks_stay_two():
    blocks = [{"id": None, "type": "text", "value": f"<p>{word}</p>"} for word in ("one", "two")]
    found, text = through_markdown(blocks)
    assert found == blocks
    assert re.fullmatch(r"one\n\n\+\+\+\n\ntwo", text)
