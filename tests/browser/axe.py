"""axe-core on a screen: its rules for what everybody must be able to use."""

from pathlib import Path

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
#: Folded parts are parts too.
UNFOLD = "document.querySelectorAll('details').forEach(part => part.open = true)"
#: What stands in a frame is a page of its own, looked at by itself.
RUN = """([runOnly, within]) => axe.run(
    within || document, {iframes: false, ...(runOnly.length ? {runOnly} : {})}).then(
    found => found.violations.flatMap(
    rule => rule.nodes.map(
        node => `${rule.id}: ${node.target.join(' ')} (${rule.help}) ${node.html.slice(0, 160)}`)))"""


def load(page) -> None:
    """Have axe in every document of this page's window from now on."""
    page.context.add_init_script(path=SOURCE)


def violations(page, *only: str, within: str = "") -> list[str]:
    """What breaks a rule on this screen or within a part of it, a line each; with `only`, what breaks one of those."""
    return page.evaluate(RUN, [list(only), within])
