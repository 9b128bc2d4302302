"""Packages into drafts and back: nothing dropped, nothing overwritten, nothing half-done."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from assessments.models import AssessmentPage
from curriculum.editions.portable import digest, dump
from curriculum.models import CurriculumPage, GlossaryTerm, LessonPage, ModulePage, StandardItem
from interchange.package.exporting import export_package
from interchange.package.importing import content_digest, import_path
from interchange.package.problems import PackageRefused
from interchange.package.write import write_package
from tests.factories import change

SAMPLES = Path(settings.BASE_DIR) / "samples"
KINDS = (CurriculumPage, ModulePage, LessonPage, AssessmentPage)


def digests():
    """{(uid, language): digest} of every draft in the library."""
    return {(page.uid, page.language): digest(dump(page)) for kind in KINDS for page in kind.objects.all()}


@pytest.fixture
def package(tmp_path):
    """One small sample curriculum, cut to a module with two lessons, as a folder that a test may change."""
    root = tmp_path / "package"
    root.mkdir()
    for name in ("glossary.yaml", "standards"):
        source = SAMPLES / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    folder = root / "green-custodial"
    shutil.copytree(SAMPLES / "green-custodial", folder)
    for code in ("G1", "G3", "G4", "G5", "G6", "G7", "G8"):
        shutil.rmtree(folder / "modules" / code)
    text = folder / "curriculum.yaml"
    text.write_text(text.read_text().replace("[G1, G2, G3, G4, G5, G6, G7, G8]", "[G2]"))
    module = folder / "modules" / "G2" / "module.yaml"
    module.write_text(module.read_text().replace("prerequisites: [G1]", "prerequisites: []"))
    return root


def lesson(package, language="en"):
    return package / "green-custodial" / "modules" / "G2" / "lessons" / f"G2.4.{language}.md"


def page_of(code, language="en"):
    return next(page for page in LessonPage.objects.filter(code=code) if page.language == language)


def test_import_makes_drafts_in_both_languages_and_again_changes_nothing(package, cast):
    report = import_path(package, by=cast["designer"])
    assert len(report.created) == 2 + 2 + 10 + 8
    assert not Page.objects.filter(live=True, depth__gt=1).exclude(slug="home").exists()
    before = digests()
    again = import_path(package, by=cast["designer"])
    assert (again.created, again.updated, again.unchanged) == ([], [], 22)
    assert digests() == before


def test_words_and_standards_that_came_along_are_found_by_searching(package, cast):
    import_path(package, by=cast["designer"])
    for row, asked in ((GlossaryTerm.objects.first(), "term"), (StandardItem.objects.first(), "code")):
        assert row in list(get_search_backend().search(getattr(row, asked), type(row)))


def test_two_installations_give_the_same_digests_and_a_round_trip_the_same_tree(package, cast, tmp_path):
    import_path(package, by=cast["designer"])
    first = digests()
    write_package(export_package(["green-custodial"]), tmp_path / "out")
    for page in Page.objects.filter(depth=3):
        page.delete()
    GlossaryTerm.objects.all().delete()
    assert digests() == {}
    import_path(package, by=cast["designer"])
    assert digests() == first
    for page in Page.objects.filter(depth=3):
        page.delete()
    import_path(tmp_path / "out", by=cast["designer"])
    assert digests() == first


def test_a_changed_package_updates_the_draft_and_changed_text_keeps_its_id(package, cast):
    import_path(package, by=cast["designer"])
    ids = [block.id for block in page_of("G2.4").body]
    lesson(package).write_text(lesson(package).read_text().replace("Count the seconds.", "Count the seconds aloud."))
    report = import_path(package, by=cast["designer"])
    assert report.updated == ["GRC/G2/G2.4 (en)"]
    assert [block.id for block in page_of("G2.4").body] == ids
    assert "aloud" in str(page_of("G2.4").body)


def test_a_new_block_gets_a_new_id_in_both_languages_and_the_others_keep_theirs(package, cast):
    import_path(package, by=cast["designer"])
    old = [block.id for block in page_of("G2.4").body]
    for language, heading in (("en", "## If there is a gas"), ("es", "## Si hay un gas")):
        path = lesson(package, language)
        path.write_text(path.read_text().replace(heading, f":::{{try-it}}\nPoint.\n:::\n\n{heading}"))
    import_path(package, by=cast["designer"])
    new = [block.id for block in page_of("G2.4").body]
    assert [key for key in new if key in old] == old and len(new) == len(old) + 1
    assert [block.id for block in page_of("G2.4", "es").body] == new


def test_a_page_changed_here_and_in_the_package_is_left_alone_unless_told_otherwise(package, cast):
    import_path(package, by=cast["designer"])
    change(page_of("G2.4"), "Written here.", cast["designer"])
    mine = digest(dump(page_of("G2.4")))
    lesson(package).write_text(lesson(package).read_text().replace("Count the seconds.", "Count aloud."))
    report = import_path(package, by=cast["designer"])
    assert report.kept == ["GRC/G2/G2.4 (en)"] and report.updated == []
    assert digest(dump(page_of("G2.4"))) == mine
    report = import_path(package, by=cast["designer"], theirs=True)
    assert report.updated == ["GRC/G2/G2.4 (en)"]
    assert "Count aloud." in str(page_of("G2.4").body)


def test_a_page_changed_only_here_is_untouched(package, cast):
    import_path(package, by=cast["designer"])
    change(page_of("G2.4"), "Written here.", cast["designer"])
    report = import_path(package, by=cast["designer"])
    assert report.unchanged == 22 and report.kept == []
    assert content_digest(dump(page_of("G2.4"))) != page_of("G2.4").imported_digest


def test_a_lesson_missing_from_the_package_is_named_and_kept(package, cast):
    import_path(package, by=cast["designer"])
    for language in ("en", "es"):
        (package / f"green-custodial/modules/G2/lessons/G2.5.{language}.md").unlink()
    module = package / "green-custodial/modules/G2/module.yaml"
    module.write_text(module.read_text().replace("G2.4, G2.5]", "G2.4]"))
    for path in (package / "green-custodial/modules/G2/assessments").glob("*.yaml"):
        path.write_text(path.read_text().replace(", G2.5", "").replace("G2.5, ", "").replace("[G2.5]", "[G2.4]"))
    report = import_path(package, by=cast["designer"])
    assert len(report.absent) == 1 and report.absent[0].startswith("GRC/G2: ")
    assert LessonPage.objects.filter(code="G2.5").count() == 2


def test_the_order_of_a_module_follows_a_changed_package(package, cast):
    import_path(package, by=cast["designer"])
    module = package / "green-custodial/modules/G2/module.yaml"
    module.write_text(module.read_text().replace("[G2.1, G2.2, G2.3, G2.4, G2.5]", "[G2.2, G2.1, G2.3, G2.4, G2.5]"))
    import_path(package, by=cast["designer"])
    for page in ModulePage.objects.filter(code="G2"):
        codes = [child.specific.code for child in page.get_children() if isinstance(child.specific, LessonPage)]
        assert codes == ["G2.2", "G2.1", "G2.3", "G2.4", "G2.5"]


def test_a_package_with_a_mistake_is_refused_whole(package, cast):
    path = lesson(package)
    path.write_text(path.read_text().replace(":::{discuss}", ":::{dance}"))
    line = path.read_text().splitlines().index(":::{dance}") + 1
    with pytest.raises(PackageRefused) as refused:
        import_path(package, by=cast["designer"])
    problem = refused.value.problems[0]
    assert problem.file.endswith("G2.4.en.md") and problem.line == line
    assert digests() == {}


def test_a_word_defined_differently_in_the_library_is_refused_with_both_texts(package, cast):
    import_path(package, by=cast["designer"])
    glossary = package / "glossary.yaml"
    term = GlossaryTerm.objects.get(term="safety data sheet (SDS)")
    glossary.write_text(glossary.read_text().replace(term.meanings["en"], "Another meaning"))
    with pytest.raises(PackageRefused, match="Another meaning") as refused:
        import_path(package, by=cast["designer"])
    assert term.meanings["en"] in str(refused.value)
    assert GlossaryTerm.objects.get(term="safety data sheet (SDS)").meanings == term.meanings


def test_prerequisites_that_come_later_in_the_package_are_found(cast):
    import_path(SAMPLES / "fire-fighter-trainee", by=cast["designer"])
    report = import_path(SAMPLES / "fire-fighter-trainee", by=cast["designer"])
    assert not report.changed


def test_a_module_of_another_curriculum_is_reused_and_named_again_on_the_way_out(package, cast, tmp_path):
    import_path(package, by=cast["designer"])
    other = tmp_path / "other" / "night-shift"
    other.mkdir(parents=True)
    (other / "curriculum.yaml").write_text(
        "code: NGT\nslug: night-shift\ntitle: {en: Night shift}\nsummary: {en: Cleaning at night.}\n"
        "modules:\n- {from: green-custodial, code: G2}\n"
    )
    shutil.copy(package / "glossary.yaml", other.parent)
    import_path(other, by=cast["designer"])
    page = CurriculumPage.objects.get(code="NGT")
    module = next(page for page in ModulePage.objects.filter(code="G2") if page.is_source)
    assert [block.value["module"].pk for block in page.modules] == [module.pk]
    written = write_package(export_package(["night-shift"]), tmp_path / "out")
    assert "from: green-custodial" in (written / "night-shift" / "curriculum.yaml").read_text()
    assert not (written / "night-shift" / "modules").exists()
