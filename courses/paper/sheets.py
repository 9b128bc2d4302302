"""What stands on the sheets of one module, from frozen content and the record alone: no request, no reader.

A constant number of queries, however many lessons there are.
"""

from collections.abc import Callable

from courses.delivery import agreements, center, hours, notices
from courses.delivery.agreements import Agreement
from courses.delivery.contexts import words_of
from courses.delivery.layout import Layout, Place
from courses.paper import addresses, forms
from courses.paper.blocks import Drawing, answer_to, parts_of
from courses.paper.finding import Asked
from courses.paper.options import Kind, Options
from courses.paper.said import said
from courses.paper.sheet import Sheet, Voice, merged, paired
from curriculum.editions.read import SOURCE, read_release
from curriculum.enums import Kind as PageKind
from curriculum.review.enums import NoticeKind

#: The kinds of block each paper prints; None for all.
BLOCKS = {
    Kind.PACKET: None,
    Kind.MENTOR: frozenset({"key_points", "discuss", "take_home"}),
    Kind.TUTOR: frozenset({"safety", "steps", "try_it", "check", "facilitator"}),
}


class Sheets:
    """A module laid out for one kind of paper. `picture(media)` gives what an `<img>` shows."""

    def __init__(
        self,
        asked: Asked,
        kind: Kind,
        options: Options,
        picture: Callable[[dict], str],
        *,
        for_instructor: bool = False,
    ):
        self.asked, self.kind, self.options = asked, kind, options
        self.picture, self.for_instructor = picture, for_instructor
        self.layout = Layout(read_release(asked.decision.frozen_id))
        self.agreement: Agreement = agreements.agreement_of(
            asked.decision, [edition.digest for edition in self.layout.release.editions]
        )
        self.module = self.layout.by_path[asked.path]
        inside = self.layout.inside(self.module)
        self.places = [one for one in inside if kind == Kind.PACKET or one.page.kind == PageKind.LESSON]
        self.numbers = {place.page.uid: number for number, place in enumerate(self.places, 1)}

    @property
    def languages(self) -> list[str]:
        """The languages it is printed in, the asked one first."""
        two = self.options.both and self.asked.other
        return [self.asked.language, self.asked.other] if two else [self.asked.language]

    def context(self) -> dict:
        """Everything the templates of `templates/paper/` show."""
        asked, decision = self.asked, self.asked.decision
        module, _translated = self.module.page.in_language(asked.language)
        course, _translated = self.layout.curriculum.page.in_language(asked.language)
        live = addresses.whole(asked.live(asked.path, asked.language))
        sheets = [self.sheet(place) for place in self.places]
        return {
            "kind": self.kind,
            "options": self.options,
            "language": asked.language,
            "printed_in": self.languages,
            "said": said(self.languages),
            "for_instructor": self.for_instructor,
            "center_name": center.name(),
            "sample": decision.sample,
            "label": decision.label,
            "digest": decision.frozen_id,
            "short_digest": decision.frozen_id[:12],
            "sides": list(self.agreement.sides),
            "version": self.agreement.numbers[self.module.edition.digest],
            "course": course,
            "module": module,
            "titles": [page.in_language(code)[0] for code in self.languages for page in [self.module.page]],
            "hours": hours.told(hours.of_edition(self.module.edition)),
            "live": live,
            "live_short": addresses.short(live),
            "code_to_scan": addresses.code(live),
            "sheets": sheets,
            "has_answers": any(sheet.answers for sheet in sheets),
        }

    def sheet(self, place: Place) -> Sheet:
        asked = self.asked
        codes = self.languages if set(self.languages) & set(place.page.versions) else [SOURCE]
        voices, told = self._voices(place, codes)
        snapshot, _translated = place.page.in_language(asked.language)
        sheet = Sheet(
            self.numbers[place.page.uid],
            place.page.kind,
            snapshot,
            addresses.whole(asked.live(place.path, asked.language)),
            told,
            voices,
        )
        if voices and set(self.languages) - {voice.language for voice in voices}:
            sheet.only_in = voices[0].language
        if voices and place.page.kind == PageKind.ASSESSMENT:
            sheet.form = forms.form(voices)
        elif voices:
            self._write(sheet, place)
        return sheet

    def _voices(self, place: Place, codes: list[str]) -> tuple[list[Voice], list[dict]]:
        """The languages of a page that may be printed, and what stands over it.

        A page that is not shown is printed in no language. A translation older than a safety correction is not
        printed either: its source is, with the warning.
        """
        found, told, seen = [], [], set()
        wanted = list(dict.fromkeys(codes))
        for code in wanted:
            snapshot, _translated = place.page.in_language(code)
            own = snapshot["language"]
            over = self._over(place, code) + ([] if own == code else self._over(place, own))
            told += notices.told([one for one in over if one.pk not in seen], self.asked.language)
            seen |= {one.pk for one in over}
            if notices.hides(over):
                return [], told
            older = any(one.kind == NoticeKind.OLDER for one in over)
            if older and own != SOURCE and SOURCE not in wanted:
                wanted.append(SOURCE)
            if not older and own not in [voice.language for voice in found]:
                found.append(Voice(own, snapshot, words_of(place.page, snapshot)))
        return found, told

    def _over(self, place: Place, language: str) -> list:
        return self.asked.over.of(place.edition.module.uid, place.page.uid, language)

    def _write(self, sheet: Sheet, place: Place) -> None:
        """The rows of a lesson, and the answers to its questions."""
        wanted = BLOCKS[self.kind]
        bodies = [
            [block for block in voice.snapshot.get("body", []) if wanted is None or block["type"] in wanted]
            for voice in sheet.voices
        ]
        order = merged([block["id"] for block in body if block["type"] == "check"] for body in bodies)
        numbers = {id_: number for number, id_ in enumerate(order, 1)}
        drawings = [self._drawing(place, voice.language, numbers) for voice in sheet.voices]
        columns = [
            [part for block in body for part in parts_of(block, drawing)]
            for body, drawing in zip(bodies, drawings, strict=True)
        ]
        sheet.rows = paired(columns)
        if self.kind == Kind.PACKET:
            sheet.answers = [
                {
                    "language": voice.language,
                    "answers": [answer_to(block, drawing) for block in body if block["type"] == "check"],
                }
                for voice, body, drawing in zip(sheet.voices, bodies, drawings, strict=True)
                if any(block["type"] == "check" for block in body)
            ]

    def _drawing(self, place: Place, language: str, numbers: dict[str, int]) -> Drawing:
        def link(uid: str) -> str | None:
            if uid in self.numbers:
                return f"#p-{self.numbers[uid]}"
            path = self.layout.path_of.get(uid)
            return None if path is None else addresses.whole(self.asked.live(path, language))

        return Drawing(
            language=language,
            live=addresses.whole(self.asked.live(place.path, language)),
            picture=self.picture,
            code=addresses.code,
            numbers=numbers,
            link=link,
            answered=self.kind == Kind.TUTOR,
            to_write_in=self.kind == Kind.PACKET,
            for_instructor=self.for_instructor,
            sample=self.agreement.decision.sample,
        )
