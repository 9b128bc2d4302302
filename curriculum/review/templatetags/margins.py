"""What stands in the margin of a text under review. Nothing where no `margin` is in the context."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def margin_at(context, page, block, reading):
    """Beside one block."""
    margin = context.get("margin")
    return margin.at(page, block, reading) if margin and block else ""


@register.simple_tag(takes_context=True)
def margin_of_page(context, page, reading):
    """Beside a page as a whole."""
    margin = context.get("margin")
    return margin.beside_page(page, reading) if margin else ""


@register.simple_tag(takes_context=True)
def with_margin(context, html, page, reading):
    """A rendered page, with what stands beside each block."""
    margin = context.get("margin")
    return margin.along(html, page, reading) if margin and html else html


@register.simple_tag(takes_context=True)
def thread_about(context, entry):
    """The thread that an answer for a side began, or None."""
    margin = context.get("margin")
    return margin.about(entry.digest) if margin else None
