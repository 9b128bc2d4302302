"""Drawings: what the house's own use is allowed, and nothing else gets in."""

from pathlib import Path

import pytest
from django.conf import settings

from curriculum import svg

SAMPLES = Path(settings.BASE_DIR) / "samples"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 240.9">'


def found(content: str | bytes):
    data = content if isinstance(content, bytes) else content.encode()
    return [(fault.line, str(fault)) for fault in svg.faults(data)]


def test_every_sample_drawing_is_allowed_and_has_a_size():
    drawings = [svg.inspect(path.read_bytes()) for path in SAMPLES.rglob("*.svg")]
    assert len(drawings) == 129
    assert [drawing for drawing in drawings if drawing.faults or min(drawing.width, drawing.height) < 100] == []


INSIDE = [
    ("script", "<script>alert(1)</script>", "<script>"),
    ("style element", "<style>*{fill:red}</style>", "<style>"),
    ("foreign object", "<foreignObject/>", "<foreignObject>"),
    ("HTML inside", '<p xmlns="http://www.w3.org/1999/xhtml">x</p>', "<p>"),
    ("link", '<a href="https://example.org"/>', "<a>"),
    ("picture", '<image href="data:image/png;base64,AA"/>', "<image>"),
    ("use", '<use href="#a"/>', "<use>"),
    ("animation", '<set attributeName="x" to="1"/>', "<set>"),
    ("style attribute", '<g style="fill:red"/>', "“style”"),
    ("event", '<g onload="alert(1)"/>', "“onload”"),
    ("class", '<g class="x"/>', "“class”"),
    ("href", '<g href="#a"/>', "“href”"),
    ("xlink", '<g xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#a"/>', "“href”"),
    ("base", '<g xml:base="https://example.org"/>', "“base”"),
    ("outside paint", '<g fill="url(https://example.org/#a)"/>', "“fill”"),
    ("outside paint in quotes", "<g fill='url(\"https://example.org/#a\")'/>", "“fill”"),
    ("paint with fallback", '<g fill="url(#a) url(//b)"/>', "“fill”"),
    ("escaped paint", '<g fill="u\\72l(https://example.org)"/>', "“fill”"),
    ("data address", '<g fill="data:x"/>', "“fill”"),
    ("function in transform", '<g transform="translate(1) url(x)"/>', "“transform”"),
    ("instruction", "<?xml-stylesheet href='x'?>", "<?xml-stylesheet?>"),
]


@pytest.mark.parametrize(("inside", "says"), [case[1:] for case in INSIDE], ids=[case[0] for case in INSIDE])
def test_what_could_run_load_or_hide_is_refused_on_its_line(inside, says):
    faults = found(f"{HEAD}\n<title>x</title>\n{inside}\n</svg>")
    assert {line for line, _message in faults} == {3}
    assert any(says in message for _line, message in faults)


@pytest.mark.parametrize(
    "inside",
    [
        '<g fill="url(#a-1.b)" transform="translate(1 2) rotate(3)" lang="en" xml:lang="en"/>',
        '<text font-family="Arial, sans-serif" fill="rgb(1, 2, 3)">a &amp; b &#233;</text>',
        "<!-- a note --><desc>x</desc>",
    ],
)
def test_plain_drawing_is_allowed(inside):
    assert found(f"{HEAD}{inside}</svg>") == []


WHOLE = [
    ("doctype", f'<!DOCTYPE svg [<!ENTITY a "b">]>\n{HEAD}<title>&a;</title></svg>', 1, "DOCTYPE"),
    ("bomb", '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>\n<x>&b;</x>', 1, "DOCTYPE"),
    ("outside entity", f'<!DOCTYPE svg SYSTEM "file:///etc/passwd">\n{HEAD}</svg>', 1, "DOCTYPE"),
    ("not XML", f"{HEAD}\n<g>\n</svg>", 3, "not a complete SVG"),
    ("empty", "", 1, "not a complete SVG"),
    ("HTML", "<html><body/></html>", 1, "no drawing"),
    ("no namespace", '<svg viewBox="0 0 9 9"/>', 1, "no drawing"),
    ("no size", '<svg xmlns="http://www.w3.org/2000/svg"/>', 1, "size"),
    ("size in percent", '<svg xmlns="http://www.w3.org/2000/svg" width="100%" viewBox="0 0 9 9"/>', 1, "size"),
    ("broken box", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9"/>', 1, "size"),
    ("other encoding", f'<?xml version="1.0" encoding="UTF-16"?>{HEAD}</svg>', 1, "UTF-8"),
    ("not UTF-8", HEAD.encode() + b"<title>\xe9</title></svg>", 1, "UTF-8"),
    ("too deep", HEAD + "<g>" * 50 + "</g>" * 50 + "</svg>", 1, "too many parts"),
    ("too large", HEAD + " " * 1_100_000 + "</svg>", 1, "larger than 1 MB"),
]


@pytest.mark.parametrize(("content", "line", "says"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_files_that_are_no_drawings(content, line, says):
    faults = found(content)
    assert faults and faults[0][0] == line
    assert any(says in message for _line, message in faults)


def test_the_size_is_that_of_the_box_or_the_given_pixels():
    assert svg.inspect(f"{HEAD}</svg>".encode()) == svg.Drawing([], 360, 240)
    given = '<svg xmlns="http://www.w3.org/2000/svg" width="20px" height="10" viewBox="0,0,2,1"/>'
    assert svg.inspect(given.encode()) == svg.Drawing([], 20, 10)


def test_forms_get_sentences():
    assert svg.problems(f"{HEAD}<script/></svg>".encode()) == [
        "<script> is not allowed in a drawing. Delete it, or export as plain SVG."
    ]
