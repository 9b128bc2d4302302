"""Writing curricula of the library as a package: the reverse of importing."""

from pathlib import Path

from curriculum.editions.portable import dump
from curriculum.models import (
    CurriculumPage,
    GlossaryTerm,
    HighroadDocument,
    HighroadImage,
    ModulePage,
    StandardFramework,
)
from curriculum.shelves import library
from interchange.package.model import Curriculum, Framework, Item, Package, StandardItem, Term, media_of


class NothingToExport(Exception):
    """No curriculum of that slug is in the library."""


def export_package(slugs) -> Package:
    """The drafts of the curricula named by `slugs` as a package in memory. Raises NothingToExport."""
    curricula = [_curriculum(slug) for slug in slugs]
    package = Package(curricula, _glossary(curricula), _frameworks(curricula))
    files = _files(package)
    for item in package.items():
        for media in media_of(item.data):
            media["file"] = f"{item.file.split('/')[0]}/{_folder(media)}/{_file_name(files[media['sha256']], media)}"
    package.read_media = lambda media: _read(files[media["sha256"]])
    return package


def _curriculum(slug: str) -> Curriculum:
    root = library()
    page = CurriculumPage.objects.descendant_of(root).filter(slug=slug).first()
    if page is None:
        raise NothingToExport(slug)
    items = [_item(version, slug, page.code) for version in _versions(page)]
    reused = {}
    for entry in items[0].data.get("modules", []):
        module = ModulePage.objects.descendant_of(root).filter(translation_key=entry["value"]["module"]).first()
        if module is None:
            continue
        home = module.get_parent()
        if home.pk != page.get_parent().pk:
            reused[module.uid] = {"from": home.slug, "code": module.code}
            continue
        items += _module_items(module, slug, page.code)
    return Curriculum(slug, page.uid, items, reused)


def _module_items(module: ModulePage, slug: str, code: str) -> list[Item]:
    items = [_item(version, slug, f"{code}/{module.code}") for version in _versions(module)]
    for child in module.get_children().specific():
        name = getattr(child, "code", "") or child.slug
        items += [_item(version, slug, f"{code}/{module.code}/{name}") for version in _versions(child)]
    return items


def _versions(page) -> list:
    """The page in every language, the source first."""
    twins = type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return [page, *twins.select_related("locale").order_by("locale__language_code")]


def _item(page, slug: str, path: str) -> Item:
    data = dump(page)
    data["glossary"] = [entry["term"] for entry in data.get("glossary", [])]
    data["alignments"] = [
        {key: entry[key] for key in ("framework", "item", "note") if entry.get(key)}
        for entry in data.get("alignments", [])
    ]
    data = {key: value for key, value in data.items() if value not in ([], {})}
    return Item(str(page.kind), page.uid, page.language, path, f"{slug}/{path}", data)


def _glossary(curricula) -> dict[str, Term]:
    used = {word for c in curricula for item in c.items for word in item.data.get("glossary", [])}
    return {row.term: Term(row.term, row.words, row.meanings) for row in GlossaryTerm.objects.filter(term__in=used)}


def _frameworks(curricula) -> dict[str, Framework]:
    used = {entry["framework"] for c in curricula for item in c.items for entry in item.data.get("alignments", [])}
    rows = StandardFramework.objects.filter(key__in=used).prefetch_related("items__replaced_by")
    return {row.key: _framework(row) for row in rows}


def _framework(row: StandardFramework) -> Framework:
    """The framework with the identifiers of its source, which the library keeps whole."""
    uids = {item.get("humanCodingScheme", ""): item["identifier"] for item in row.source.get("CFItems", [])}
    items = [
        StandardItem(
            uid=uids.get(item.code, ""),
            code=item.code,
            statement=item.statement,
            starts=item.starts.isoformat() if item.starts else "",
            ends=item.ends.isoformat() if item.ends else "",
            replaced_by=[uids.get(item.replaced_by.code, "")] if item.replaced_by else [],
        )
        for item in row.items.all()
    ]
    identifier = row.source.get("CFDocument", {}).get("identifier", "")
    return Framework(row.key, identifier, row.title, row.version, row.creator, row.adoption_status, items, row.source)


def _files(package: Package) -> dict:
    wanted = {media["sha256"] for item in package.items() for media in media_of(item.data)}
    rows = {row.sha256: row for row in HighroadDocument.objects.filter(sha256__in=wanted)}
    return rows | {row.sha256: row for row in HighroadImage.objects.filter(sha256__in=wanted)}


def _folder(media: dict) -> str:
    return "images" if "width" in media else "media"


def _file_name(row, media: dict) -> str:
    """The name a file came with: its title, which import takes from the package."""
    return f"{Path(row.title).name}.{media['ext']}"


def _read(row) -> bytes:
    with row.file.storage.open(row.file.name, "rb") as file:
        return file.read()
