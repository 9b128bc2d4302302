"""axe-core on a screen: its rules for what everybody must be able to use."""

from pathlib import Path

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
#: Folded parts are parts too.
UNFOLD = "document.querySelectorAll('details').forEach(part => part.open = true)"
#: What stands in a frame is a page of its own, looked at by itself.
RUN = """only => axe.run(document, {iframes: false, ...(only ? {runOnly: only} : {})}).then(
    found => found.violations.flatMap(
    rule => rule.nodes.map(
        node => `${rule.id}: ${node.target.join(' ')} (${rule.help}) ${node.html.slice(0, 160)}`)))"""


def load(page) -> None:
    """Have axe in every document of this page's window from now on."""
    page.context.add_init_script(path=SOURCE)


def violations(page, *only: str) -> list[str]:
    """What breaks a rule on this screen, one line each; with `only`, what breaks one of those."""
    return page.evaluate(RUN, list(only) or None)
