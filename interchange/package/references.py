"""What a package brings along: glossary words, standards, pictures and files."""

from io import BytesIO

from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.models import Collection
from wagtail.search.backends import get_search_backends

from curriculum.models import GlossaryTerm, HighroadDocument, HighroadImage, StandardFramework, StandardItem
from interchange.package.model import Framework, Package, Term, media_of
from interchange.package.problems import PackageRefused, Problem
from interchange.package.problems import sentence as _

PICTURES = frozenset({"svg", "png", "jpg", "jpeg", "gif", "webp", "avif"})


def keep(package: Package, *, theirs: bool) -> None:
    """Make the rows that content points at. Raises PackageRefused where a word is already defined differently."""
    _keep_terms(package.glossary, theirs)
    for framework in package.frameworks.values():
        _keep_framework(framework)
    _keep_media(package)


def _keep_terms(terms: dict[str, Term], theirs: bool) -> None:
    known = {row.term: row for row in GlossaryTerm.objects.filter(term__in=terms)}
    new, problems = [], []
    for word, term in terms.items():
        row = known.get(word)
        if row is None:
            new.append(GlossaryTerm(term=word, words=term.words, meanings=term.meanings))
        elif (row.words, row.meanings) != (term.words, term.meanings):
            if not theirs:
                problems.append(_differs(row, term))
            row.words, row.meanings = term.words, term.meanings
            row.save()
    if problems:
        raise PackageRefused(problems)
    _add(GlossaryTerm, new)


def _differs(row: GlossaryTerm, term: Term) -> Problem:
    return Problem(
        term.file,
        term.line,
        _(
            "“%(term)s” is defined differently in the library. Here: %(here)s. In the package: %(there)s. Make them "
            "agree, or import with --theirs to take the package's."
        ),
        {"term": term.term, "here": _said(row), "there": _said(term)},
    )


def _said(term) -> str:
    """A definition in one line, for a message."""
    return "; ".join(f"{language}: {text}" for part in (term.words, term.meanings) for language, text in part.items())


def _keep_framework(framework: Framework) -> None:
    row, _made = StandardFramework.objects.update_or_create(
        key=framework.key,
        defaults={
            "title": framework.title,
            "version": framework.version,
            "creator": framework.creator,
            "adoption_status": framework.adoption_status,
            "source": framework.source,
        },
    )
    known = {item.code: item for item in row.items.all()}
    new = []
    for position, item in enumerate(framework.items):
        facts = {
            "statement": item.statement,
            "starts": item.starts or None,
            "ends": item.ends or None,
            "position": position,
        }
        old = known.get(item.code)
        if old is None:
            new.append(StandardItem(framework=row, code=item.code, **facts))
        elif any(str(getattr(old, name) or "") != str(value or "") for name, value in facts.items()):
            for name, value in facts.items():
                setattr(old, name, value)
            old.save()
    _add(StandardItem, new)
    _relate(row, framework)


def _add(model, rows: list) -> None:
    """Hundreds at once, and search hears of them at once: saved one by one they take longer than all the lessons."""
    model.objects.bulk_create(rows)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(model, rows)


def _relate(row: StandardFramework, framework: Framework) -> None:
    codes = {item.uid: item.code for item in framework.items}
    rows = {item.code: item for item in row.items.all()}
    for item in framework.items:
        successor = rows.get(codes.get(item.replaced_by[0])) if item.replaced_by else None
        if rows[item.code].replaced_by_id != (successor.pk if successor else None):
            rows[item.code].replaced_by = successor
            rows[item.code].save(update_fields=["replaced_by"])


def _keep_media(package: Package) -> None:
    wanted = {media["sha256"]: media for item in package.items() for media in media_of(item.data)}
    known = set(HighroadImage.objects.filter(sha256__in=wanted).values_list("sha256", flat=True))
    known |= set(HighroadDocument.objects.filter(sha256__in=wanted).values_list("sha256", flat=True))
    root = Collection.get_first_root_node()
    for sha, media in wanted.items():
        if sha in known:
            continue
        name = media["file"].rsplit("/", 1)[-1]
        model, wrap = (HighroadImage, ImageFile) if media["ext"] in PICTURES else (HighroadDocument, File)
        content = wrap(BytesIO(package.read_media(media)), name=name)
        model.objects.create(
            title=name.rsplit(".", 1)[0],
            collection=root,
            file=content,
            file_size=content.size,
            **({"credit": media["credit"]} if media.get("credit") else {}),
        )
