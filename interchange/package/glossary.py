"""glossary.yaml: terms in English and other languages, beside the curricula."""

from interchange.package.entry import LANGUAGE, Entry
from interchange.package.model import Term
from interchange.package.problems import Problem, Report
from interchange.package.problems import sentence as _
from interchange.package.source import Source
from interchange.package.yaml_lines import load

_TWICE = _("“%(term)s” is defined twice, and differently. Here: %(here)s. In %(other)s: %(there)s. Agree on one text.")
_IN_LIBRARY = _(
    "“%(term)s” has another text in the library. Here: %(here)s. In the library: %(there)s. Agree on one text."
)


def read_glossary(source: Source, name: str, report: Report) -> dict[str, Term]:
    """The terms of one glossary file by English headword; empty where there is no file."""
    if not source.is_file(name):
        return {}
    where = report.at(name)
    text = source.text(name, where)
    node = load(text, where) if text is not None else None
    if node is None:
        return {}
    terms: dict[str, Term] = {}
    for item in Entry(node, where, ("terms",)).items("terms"):
        languages = [key for key in item.value if LANGUAGE.match(key)] if isinstance(item.value, dict) else []
        entry = Entry(item, where, ("en", "meaning", "curricula", *languages))
        headword = entry.text("en", required=True)
        words = {language: entry.text(language) for language in languages if language != "en"}
        term = Term(
            headword,
            {key: word for key, word in words.items() if word},
            entry.words("meaning"),
            name,
            item.line,
        )
        entry.texts("curricula")
        if headword in terms and terms[headword] == term:
            where.add(item.line, _("“%(term)s” stands here a second time. Keep one of them."), term=headword)
        elif headword:
            for problem in disagreements({headword: term}, terms):
                report.add(problem)
            terms.setdefault(headword, term)
    return terms


def disagreements(terms: dict[str, Term], others: dict[str, Term]) -> list[Problem]:
    """A problem with both texts for every headword that both define, and define differently.

    `others` are the terms of another package, or those the library has already.
    """
    return [
        Problem(
            term.file,
            term.line,
            _TWICE if other.file else _IN_LIBRARY,
            {
                "term": headword,
                "here": described(term),
                "there": described(other),
                "other": f"{other.file}:{other.line}",
            },
        )
        for headword, term in terms.items()
        if (other := others.get(headword)) and other != term
    ]


def described(term: Term) -> str:
    """A term on one line: "en: Path air takes to the lungs; es: vía aérea"."""
    words = [f"{language}: {word}" for language, word in sorted(term.words.items())]
    meanings = [f"{language}: “{meaning}”" for language, meaning in sorted(term.meanings.items())]
    return "; ".join(meanings + words) or "-"
