"""As much of a PDF as a test asks about: what its objects say, and its words in the order they are drawn."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.S)
_STREAM = re.compile(rb"(.*?)stream\r?\n(.*)\r?\nendstream", re.S)
_PAIR = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")
_DRAWN = re.compile(rb"/(\S+) [-\d.]+ Tf|(\[[^\]]*\]) TJ|(<[0-9a-fA-F]+>) Tj|(ET)")


class Pdf:
    """A PDF of WeasyPrint: `dictionaries` are {number: bytes}, also those packed into streams."""

    def __init__(self, data: bytes):
        self.dictionaries: dict[int, bytes] = {}
        self.streams: dict[int, bytes] = {}
        for number, body in _OBJECT.findall(data):
            self._take(int(number), body)

    def _take(self, number: int, body: bytes) -> None:
        match = _STREAM.match(body)
        if not match:
            self.dictionaries[number] = body
            return
        about, raw = match[1], match[2]
        self.dictionaries[number] = about
        self.streams[number] = zlib.decompressobj().decompress(raw) if b"FlateDecode" in about else raw
        if b"/ObjStm" in about:
            first = int(re.search(rb"/First (\d+)", about)[1])
            packed = self.streams[number]
            places = list(map(int, packed[:first].split()))
            starts = [first + at for at in places[1::2]] + [len(packed)]
            for index, inner in enumerate(places[::2]):
                self.dictionaries[inner] = packed[starts[index] : starts[index + 1]]

    @property
    def said(self) -> bytes:
        """All dictionaries together."""
        return b"\n".join(self.dictionaries.values())

    @property
    def alternatives(self) -> list[str]:
        """The words that stand for pictures."""
        return [_string(raw) for raw in re.findall(rb"/Alt\s*(\((?:\\.|[^\\)])*\)|<[0-9a-fA-F]*>)", self.said)]

    @property
    def text(self) -> str:
        """The words of all pages, as one line."""
        fonts = self._fonts()
        found = []
        for number, content in self.streams.items():
            if b" Tf" in content and b"/ObjStm" not in self.dictionaries[number]:
                found.append(_words(content, fonts))
        return re.sub(r"\s+", " ", " ".join(found))

    def _fonts(self) -> dict[bytes, dict[bytes, str]]:
        """{name in the page's resources: {glyph: letters}}."""
        fonts = {}
        for name, number in re.findall(rb"/([^\s/]+) (\d+) 0 R", self.said):
            told = re.search(rb"/ToUnicode (\d+) 0 R", self.dictionaries.get(int(number), b""))
            if told:
                pairs = _PAIR.findall(self.streams[int(told[1])])
                fonts[name] = {glyph.lower(): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}
        return fonts


def _words(content: bytes, fonts: dict) -> str:
    letters, found = {}, []
    for font, many, one, end in _DRAWN.findall(content):
        if font:
            letters = fonts.get(font, {})
        for glyphs in re.findall(rb"<([0-9a-fA-F]+)>", many or one):
            found += [letters.get(glyphs[at : at + 4].lower(), "") for at in range(0, len(glyphs), 4)]
        if end:
            found.append(" ")
    return "".join(found)


def _string(raw: bytes) -> str:
    data = bytes.fromhex(raw[1:-1].decode()) if raw.startswith(b"<") else re.sub(rb"\\(.)", rb"\1", raw[1:-1])
    return data[2:].decode("utf-16-be") if data.startswith(b"\xfe\xff") else data.decode("latin-1")
