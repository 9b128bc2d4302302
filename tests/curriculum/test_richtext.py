"""Rich text in one form: however it was nested, and whoever saved it last, equal text is equal bytes."""

import re

import pytest
from hypothesis import given, settings
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from curriculum.blocks.text import RICH_TEXT
from curriculum.codec.richtext import one_form
from curriculum.codec.values import dump_html, load_html
from curriculum.sanitize import clean_html, plain_text
from tests.curriculum.strategies import rich


def nowhere(kind, key):
    """No row is found."""


def saved_untouched(stored):
    """What the editor sends back for stored text that somebody opened and saved."""
    editor = ContentstateConverter(features=list(RICH_TEXT))
    return editor.to_database_format(editor.from_database_format(stored))


def words_of(html):
    return re.sub(r"\s+", "", plain_text(html))


@settings(deadline=None, max_examples=150)
@given(rich)
def test_one_form_is_clean_final_and_keeps_every_word(html):
    once = one_form(clean_html(html))
    assert one_form(once) == once
    assert clean_html(once) == once
    assert words_of(once) == words_of(clean_html(html))


@settings(deadline=None, max_examples=150)
@given(rich)
def test_loading_and_dumping_changes_nothing(html):
    once = dump_html(html, nowhere)
    assert dump_html(load_html(once, nowhere), nowhere) == once


@settings(deadline=None, max_examples=150)
@given(rich)
def test_saving_in_the_editor_changes_nothing(html):
    stored = load_html(html, nowhere)
    assert dump_html(saved_untouched(stored), nowhere) == dump_html(stored, nowhere)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("<i>0.4 x 60 = <b>24</b></i>", "<p><i>0.4 x 60 = </i><b><i>24</i></b></p>"),
        ("<p><strong>Wear </strong>gloves</p>", "<p><b>Wear</b> gloves</p>"),
        ('<p data-block-key="x1y2z">Wear  gloves\n</p>\n<p> Now </p>', "<p>Wear gloves</p><p>Now</p>"),
        ("<p>One<br/> two</p>", "<p>One<br>two</p>"),
        ("<blockquote><p>One</p><p>Two</p></blockquote>", "<blockquote>One<br>Two</blockquote>"),
        ("<ul><li><p>One</p></li></ul><ul><li>Two</li></ul>", "<ul><li>One</li><li>Two</li></ul>"),
        ("<p>Go <a>there</a></p><ul></ul>", "<p>Go there</p>"),
        ("<ul><li>One</li><li> </li></ul><blockquote><br></blockquote>", "<ul><li>One</li></ul>"),
        ('<p><a href="tel:1">Call<br>now</a></p>', '<p><a href="tel:1">Call now</a></p>'),
    ],
)
def test_what_it_does(written, form):
    assert one_form(clean_html(written)) == form
