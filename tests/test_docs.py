"""What the documents name exists: commands, targets, settings, addresses, files, links."""

import re
from pathlib import Path
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from courses.delivery import addresses

ROOT = Path(settings.BASE_DIR)
DOCS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "bench/*.md", "samples/*.md")
    for path in ROOT.glob(pattern)
    if path.is_file()
)
#: Commands of Django itself that the documents use.
THEIRS = {"migrate", "collectstatic", "check", "test", "shell"}
#: Addresses of the machine, not of the site.
MACHINE = ("/etc/", "/srv/", "/proc", "/usr/", "/var/", "/dev/")
PLACEHOLDERS = {"<page>": "1", "<submission>": str(UUID(int=1)), "<digest>": "0" * 64, "<sha256>": "0" * 64}
#: So short are codes of curricula, not names of settings.
SHORT = 3
#: Words in capitals that are values.
NO_SETTINGS = {"DEBUG", "INFO", "WARNING"}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
NAMED_IN_CODE = re.compile(
    r"""environment\.\w+\(\s*["']([A-Z0-9_]+)|environ(?:\.get\(|\[)["']([A-Z0-9_]+)|^([A-Z]+) \?=|\$\{?\{?([A-Z_]+)""",
    re.M,
)
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}


def lines(path: Path):
    """(number, line) of a document, numbered as editors do."""
    return enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)


def quoted(line: str) -> list[str]:
    """Words that are set as code, in a line of text or on a line of their own."""
    return re.findall(r"`([^`]+)`", line) or ([line.strip()] if line.startswith("    ") else [])


@pytest.fixture(scope="module")
def variables() -> set[str]:
    """Names that something here reads from the environment, or that are settings."""
    read = {ROOT / "Makefile", *ROOT.glob("config/**/*.py"), *ROOT.glob("bench/*.py"), *ROOT.glob("tests/**/*.py")}
    found = {
        name for path in read for names in NAMED_IN_CODE.findall(path.read_text("utf-8")) for name in names if name
    }
    return found | {name for name in dir(settings) if name.isupper()} | {"DJANGO_SETTINGS_MODULE"}


def wrong(check) -> list[str]:
    """What `check(line)` yields for every line of every document, each with where it stands."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {found}"
        for path in DOCS
        for number, line in lines(path)
        for found in check(line)
    ]


def test_every_target_of_make_exists():
    def check(line):
        for code in quoted(line):
            target = re.match(r"make ([a-z][a-z-]*)", code)
            if target and target[1] not in TARGETS:
                yield target[0]

    assert wrong(check) == []


def test_every_command_exists():
    known = set(get_commands()) | THEIRS

    def check(line):
        for command in re.findall(r"manage\.py ([a-z_]+)", line):
            if command not in known:
                yield f"manage.py {command}"

    assert wrong(check) == []
    listed = re.search(r"^Commands: (.*?)\n\n", (ROOT / "README.md").read_text(), re.M | re.S)[1]
    assert set(re.findall(r"`([a-z_]+)`", listed)) <= set(get_commands())


def test_every_option_of_a_command_exists(capsys):
    helps = {}

    def check(line):
        for command, options in re.findall(r"manage\.py ([a-z_]+)((?: +[-\w<>=./]+)*)", line):
            if command in THEIRS:
                continue
            for option in re.findall(r"--[a-z-]+", options):
                helps.setdefault(command, _help(command, capsys))
                if option not in helps[command]:
                    yield f"manage.py {command} {option}"

    assert wrong(check) == []


def _help(command, capsys) -> str:
    from django.core.management import ManagementUtility

    with pytest.raises(SystemExit):
        ManagementUtility(["manage.py", command, "--help"]).execute()
    return capsys.readouterr().out


def test_every_setting_and_variable_is_read(variables):
    def check(line):
        for code in quoted(line):
            name = re.match(r"([A-Z][A-Z0-9_]+)(=.*)?$", code)
            if name and len(name[1]) > SHORT and name[1] not in variables | NO_SETTINGS:
                yield name[1]

    assert wrong(check) == []


def test_every_settings_module_exists():
    for path in DOCS:
        for module in re.findall(r"\bconfig\.settings\.(\w+)", path.read_text("utf-8")):
            assert (ROOT / "config" / "settings" / f"{module}.py").exists(), (path, module)
        for application in re.findall(r"config\.(\w+):application", path.read_text("utf-8")):
            assert import_string.__module__ and (ROOT / "config" / f"{application}.py").exists(), path


def answers(address: str) -> bool:
    """Whether an address is one of the site's: a view's, or one of the released pages'."""
    path = re.sub(r"\.\.\.$", "", address)
    for placeholder, value in PLACEHOLDERS.items():
        path = path.replace(placeholder, value)
    path = re.sub(r"<[^>]+>", "x", path)
    released = (addresses.MEDIA, "/curricula/", *(addresses.home(code) for code, _name in settings.LANGUAGES))
    if path in released or path.startswith(released[:2]):
        return True
    if path.startswith("/es/"):
        return answers(path.removeprefix("/es"))
    try:
        resolve(path)
    except Resolver404:
        return path == settings.STATIC_URL
    return True


def test_every_address_answers():
    def check(line):
        for code in quoted(line):
            if re.fullmatch(r"/[\w./<>-]*", code) and not code.startswith(MACHINE) and not answers(code):
                yield code
        for address in re.findall(r"https?://(?:127\.0\.0\.1:8000|training\.example\.org)(/[^\s|)`]*)", line):
            if not answers(address):
                yield address

    assert wrong(check) == []


def test_every_file_it_names_exists():
    def check(line):
        for code in re.findall(r"`([^`]+)`", line):
            if not re.fullmatch(r"[\w.-]+(?:/[\w.*-]+)*/?", code) or "/" not in code:
                continue
            inside = code.split("/")[0]
            if inside in FOLDERS and inside != "var" and not list(ROOT.glob(code.rstrip("/"))):
                yield code

    assert wrong(check) == []


def test_every_link_leads_somewhere():
    found = []
    for path in DOCS:
        for number, line in lines(path):
            for target in links(line):
                place, _hash, anchor = unquote(target).partition("#")
                if re.match(r"[a-z]+:", place):
                    continue
                file = (path.parent / place).resolve() if place else path
                if not file.exists() or (anchor and anchor not in anchors(file)):
                    found.append(f"{path.relative_to(ROOT)}:{number}: {target}")
    assert found == []


def links(line: str) -> list[str]:
    """Where a line of text leads; an example of how a link is written leads nowhere."""
    return [] if line.startswith("    ") else re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line))


def anchors(path: Path) -> set[str]:
    """The names of a document's headings, as hosts of repositories make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.M) if path.suffix == ".md" else []
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_picture_is_small_and_in_use():
    named = {
        (path.parent / target).resolve()
        for path in DOCS
        for target in re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", path.read_text("utf-8"))
    }
    there = set((ROOT / "docs").rglob("*.png"))
    assert named == there
    assert {picture.name: picture.stat().st_size for picture in there if picture.stat().st_size > 60 * 1024} == {}
