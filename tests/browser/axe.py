"""axe-core on a screen: its rules for what everybody must be able to use."""

from pathlib import Path

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
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


def unfold(page) -> None:
    """Open what is folded, which is part of the screen too, once the screen is whole."""
    page.wait_for_load_state()
    page.evaluate(UNFOLD)


def violations(page, *only: str, within: str = "") -> list[str]:
    """What breaks a rule on this screen or within a part of it, a line each; with `only`, what breaks one of those.

    A screen one has just come to is looked at once it is whole.
    """
    page.wait_for_load_state()
    return page.evaluate(RUN, [list(only), within])
