"""What people call the fields and blocks of a snapshot: the labels of the models they come from.

Works on portable names, so a new kind of page or block needs no words of its own here.
"""

from functools import cache

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from curriculum.codec.fields import Group
from curriculum.models import LibraryItem

#: Groups of the portable form, which stand for several fields of a page.
GROUPS = {
    "hours": _("Hours"),
    "passing": _("When it is enough"),
    "how_to_start": _("How to start"),
    "review": _("How an agreement on it works"),
    "rights": _("Rights"),
}
TITLE, ADDRESS, ORDER = _("Title"), _("Address"), _("Order of the pages")


@cache
def page_model(kind: str) -> type[LibraryItem]:
    """The kind's model. Raises LookupError for an unknown kind."""
    for model in LibraryItem.__subclasses__():
        if model.kind == kind:
            return model
    raise LookupError(f"no library item of kind {kind!r}")


def field_label(kind: str, name: str) -> str:
    """What a field of the portable form is called on screen, e.g. ("lesson", "hours") is "Hours"."""
    fixed = {"title": TITLE, "slug": ADDRESS, "children": ORDER, **GROUPS}.get(name)
    if fixed:
        return str(fixed)
    return capfirst(str(_model_field(kind, name).verbose_name))


def part_label(kind: str, group: str, part: str) -> str:
    """What one part of a group is called, e.g. ("lesson", "hours", "hands_on") is "Hands-on"."""
    field = _part_field(kind, group, part)
    return capfirst(str(field.verbose_name)) if field is not None else ""


def words_for(kind: str, name: str, value, *, group: str = "") -> str:
    """A value as people read it: the label of a choice, else the value as text. Empty for nothing."""
    if value in (None, "", [], {}):
        return ""
    field = _part_field(kind, group, name) if group else _plain_field(kind, name)
    if isinstance(value, bool):
        return str(_("yes"))
    choices = dict(getattr(field, "flatchoices", ()) or _set_choices(field))
    return str(choices.get(value, value))


@cache
def order_of(kind: str) -> dict[str, int]:
    """The place of each field of a kind in the order its page shows them."""
    names = ["title", *(field.name for field in page_model(kind).portable), "slug"]
    return {name: index for index, name in enumerate(names)}


def block_of(kind: str, name: str, type_: str):
    """The block behind an entry of a stream field; `type_` is empty where the field has one kind of entry."""
    children = page_model(kind)._meta.get_field(name).stream_block.child_blocks
    return children[type_] if type_ else next(iter(children.values()))


def _model_field(kind, name):
    model = page_model(kind)
    portable = next(field for field in model.portable if field.name == name)
    return model._meta.get_field(getattr(portable, "attribute", None) or name)


def _plain_field(kind, name):
    try:
        return _model_field(kind, name)
    except (FieldDoesNotExist, StopIteration):
        return None


def _part_field(kind, group, part):
    model = page_model(kind)
    portable = next(field for field in model.portable if isinstance(field, Group) and field.name == group)
    found = next((item for item in portable.parts if item.name == part), None)
    return model._meta.get_field(found.attribute or found.name) if found else None


def _set_choices(field):
    options = getattr(field, "of", None)
    return getattr(options, "choices", options) or ()
