"""Whether a drawing may be kept: an allow-list of SVG over an XML parser that never sees a DTD.

The list is what the house's own drawings use and a few neighbours of the same kind. Everything that could
run, load, link or hide is absent: script, style, event handlers, href, foreign elements, entities. Drawings
are shown only through <img> and served sandboxed; this is the wall before that.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext

LARGEST = 1024 * 1024
_MOST_ELEMENTS = 20_000
_DEEPEST = 40
_SVG = "http://www.w3.org/2000/svg"
_XML = "http://www.w3.org/XML/1998/namespace"

ELEMENTS = frozenset(
    "svg title desc defs g marker path circle ellipse rect line polyline polygon text tspan"
    " linearGradient radialGradient stop clipPath".split()
)
ATTRIBUTES = frozenset(
    "id lang role version aria-label aria-labelledby aria-describedby aria-hidden"
    " viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry dx dy d points transform"
    " fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap "
    "stroke-linejoin stroke-dasharray"
    " stroke-dashoffset stroke-miterlimit opacity color"
    " font-family font-size font-weight font-style text-anchor dominant-baseline letter-spacing "
    "textLength lengthAdjust"
    " marker-start marker-mid marker-end refX refY markerWidth markerHeight markerUnits orient overflow"
    " offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod"
    " clip-path clip-rule clipPathUnits".split()
)
_XML_ATTRIBUTES = frozenset({"lang", "space"})
_LOCAL = re.compile(r"^url\(#[A-Za-z_][\w.-]*\)$")
_COLOR = re.compile(r"^(rgb|rgba|hsl|hsla)\([\d.,%/\s-]*\)$")
_NUMBER = r"[+-]?(?:\d*\.)?\d+(?:[Ee][+-]?\d+)?"
_VIEW_BOX = re.compile(rf"^\s*{_NUMBER}(?:[\s,]+{_NUMBER}){{3}}\s*$")
_LENGTH = re.compile(rf"^\s*({_NUMBER})(?:px)?\s*$")
_ASPECT = re.compile(r"^none$|^x(Min|Mid|Max)Y(Min|Mid|Max)(\s+(meet|slice))?$")
_TRANSFORM = re.compile(r"^\s*((translate|scale|rotate|skewX|skewY|matrix)\([-+\d.,eE\s]*\)[\s,]*)*$")


def _(text: str) -> str:
    """Marks a sentence for translation; it is put into a language when it is shown."""
    return text


@dataclass(frozen=True)
class Fault:
    """Why a drawing is refused: the line, counted from 1, and what to do about it."""

    line: int
    template: str
    values: dict = field(default_factory=dict)

    def __str__(self):
        return gettext(self.template) % self.values


class _Stop(Exception):
    """Nothing after this is worth reading."""


@dataclass(frozen=True)
class Drawing:
    """What was found: `faults` in line order, empty when the drawing may be kept, and its size in pixels."""

    faults: list[Fault]
    width: int
    height: int


def inspect(content: bytes) -> Drawing:
    """Read a drawing without trusting it."""
    check = _Check()
    check.run(content)
    return Drawing(check.found, *check.size)


def faults(content: bytes) -> list[Fault]:
    """Everything that keeps this drawing out."""
    return inspect(content).faults


def problems(content: bytes) -> list[str]:
    """The same as sentences in the reader's language, for forms."""
    return [str(fault) for fault in faults(content)]


class _Check:
    def __init__(self):
        self.found: list[Fault] = []
        self.depth = self.elements = 0
        self.size = (0, 0)
        self.parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction

    def run(self, content):
        if len(content) > LARGEST:
            return self._add(_("This drawing is larger than 1 MB. Simplify it, or use a PNG or JPEG."))
        try:
            content.decode("utf-8")
            self.parser.Parse(content, True)
        except UnicodeDecodeError:
            self._add(_("This drawing is not UTF-8 text. Save it again with the encoding UTF-8."))
        except expat.ExpatError as error:
            self._add(_("This is not a complete SVG file. Export the drawing again."), line=error.lineno)
        except _Stop:
            pass

    def _add(self, template, line=None, **values):
        fault = Fault(line or self.parser.CurrentLineNumber, template, values)
        if fault not in self.found:
            self.found.append(fault)

    def _declaration(self, version, encoding, standalone):
        if encoding and encoding.lower() not in ("utf-8", "utf8", "us-ascii"):
            self._add(_("This drawing is not UTF-8 text. Save it again with the encoding UTF-8."))

    def _doctype(self, *details):
        self._add(_("A DOCTYPE or entity is not allowed in a drawing. Delete that part at the top of the file."))
        raise _Stop

    def _instruction(self, target, data):
        self._add(_("<?%(name)s?> is not allowed in a drawing. Delete it."), name=target)

    def _start(self, name, attributes):
        self.depth += 1
        self.elements += 1
        if self.depth > _DEEPEST or self.elements > _MOST_ELEMENTS:
            self._add(_("This drawing has too many parts. Simplify it, or use a PNG or JPEG."))
            raise _Stop
        namespace, _space, element = name.rpartition(" ")
        if self.elements == 1 and (namespace, element) != (_SVG, "svg"):
            self._add(_('This is no drawing: it does not start with <svg xmlns="http://www.w3.org/2000/svg">.'))
            raise _Stop
        if self.elements == 1:
            self._measure(attributes)
        if namespace != _SVG or element not in ELEMENTS:
            self._add(_("<%(name)s> is not allowed in a drawing. Delete it, or export as plain SVG."), name=element)
        for attribute, value in attributes.items():
            self._attribute(attribute, value)

    def _measure(self, attributes):
        """The size as browsers and Wagtail see it: width and height in pixels where given, else the viewBox."""
        box, aspect = attributes.get("viewBox", ""), attributes.get("preserveAspectRatio", "").strip()
        given = [_LENGTH.match(attributes.get(name, "")) for name in ("width", "height")]
        if all(given):
            width, height = (float(match[1]) for match in given)
        elif _VIEW_BOX.match(box) and not ({"width", "height"} & attributes.keys()):
            width, height = (float(number) for number in re.split(r"[\s,]+", box.strip())[2:])
        else:
            width = height = 0
        if (box and not _VIEW_BOX.match(box)) or (aspect and not _ASPECT.match(aspect)) or min(width, height) < 1:
            self._add(
                _(
                    "The size of this drawing cannot be read. Give <svg> a viewBox such as 0 0 360 240, "
                    "and no other size."
                )
            )
        self.size = (int(width), int(height))

    def _end(self, name):
        self.depth -= 1

    def _attribute(self, name, value):
        namespace, _space, short = name.rpartition(" ")
        known = short in _XML_ATTRIBUTES if namespace == _XML else not namespace and short in ATTRIBUTES
        if not known:
            self._add(_("“%(name)s” is not allowed in a drawing. Delete it, or export as plain SVG."), name=short)
        elif not _harmless(short, value):
            self._add(
                _("“%(name)s” may hold a plain value or url(#name) of this drawing, nothing from outside."),
                name=short,
            )


def _harmless(name: str, value: str) -> bool:
    if name in ("transform", "gradientTransform"):
        return bool(_TRANSFORM.match(value))
    if name in ("aria-label", "id"):
        return True
    value = value.strip()
    if "(" in value:
        return bool(_LOCAL.match(value) or _COLOR.match(value))
    return not any(sign in value for sign in ("\\", "<", ":", ";"))
