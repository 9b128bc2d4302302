"""A window to look through: Chromium as a person has it, watched for what must never happen."""

import os
import shutil
from urllib.parse import urlsplit

#: Parts of the browser's own frame that are pages themselves: three for every window, and nobody sees them. The last
#: list of features that is named counts, so those that Playwright turns off stand here too.
OFF = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(OFF)}",
    # A microphone that hums, for whoever is let at it.
    "--use-fake-device-for-media-stream",
)
#: A phone, a desk, and the narrowest screen that must do.
PHONE, DESK, NARROW = 390, 1280, 320
HEIGHTS = {PHONE: 844, DESK: 900, NARROW: 640}
SECONDS = 30
#: How a browser tells of an answer that was meant: a page for a wrong address, a form sent back with its mistakes.
MEANT = "Failed to load resource: the server responded with a status of 4"


def chromium_here() -> str | None:
    """The Chromium that CHROMIUM names, else the system's; None leaves it to Playwright's own."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium", path=f"{os.environ['PATH']}:/usr/bin")


def launch(playwright):
    return playwright.chromium.launch(executable_path=chromium_here(), args=list(FLAGS))


def open_window(browser, site, *, width=DESK, language="en-US", dark=False, script=True, cookies=()):
    """A new window on `site`, with a memory of its own."""
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": HEIGHTS[width]},
        locale=language,
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    context.set_default_timeout(SECONDS * 1000)
    context.add_cookies(list(cookies))
    return context


class Watch:
    """What one window asked for and complained of. Everything in `seen` is a mistake."""

    def __init__(self, context, site):
        self.origin = urlsplit(site.url).netloc
        self.seen: list[str] = []
        #: Every address asked for, in order.
        self.asked: list[str] = []
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))

    def _request(self, request) -> None:
        self.asked.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.origin:
            self.seen.append(f"left the site: {request.url}")

    def _response(self, response) -> None:
        if response.status >= 500:
            self.seen.append(f"{response.status} at {response.url}")

    def _console(self, message) -> None:
        if message.type == "error" and not message.text.startswith(MEANT):
            self.seen.append(f"console: {message.text}")


def sign_in(context, site, username: str) -> list:
    """Be somebody of the demo's cast, as its doors do it; the cookies, to be them again without asking."""
    answer = context.request.post(f"/demo/enter/{username}/", headers={"Origin": site.url})
    assert answer.ok, answer.status
    return context.cookies()
