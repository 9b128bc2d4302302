"""Counting what a way through the screens costs."""


class Walk:
    """Counts taps, and the screens on which one had to look for the next tap. Typing is neither."""

    def __init__(self, page):
        self.page = page
        self.taps = self.shown = self.screens = 0
        page.on("domcontentloaded", self._show)

    def _show(self, page):
        self.shown += 1

    def start(self, address: str) -> None:
        self.page.goto(address)
        self.screens = self.shown

    def tap(self, what) -> None:
        self.taps += 1
        self.screens = self.shown
        what.click()
        self.page.wait_for_load_state("domcontentloaded")
