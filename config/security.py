"""What a browser may do with our pages.

Everything starts from nothing: no inline script or style, no other origin. Wagtail's admin (and the previews
below it) needs inline parts and is left out by prefix; it is open to staff alone.
"""

from csp.constants import NONE, SELF

ADMIN_PREFIX = "/admin/"

DIRECTIVES = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "worker-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
}

CONTENT_SECURITY_POLICY = {"EXCLUDE_URL_PREFIXES": [ADMIN_PREFIX], "DIRECTIVES": DIRECTIVES}

# The camera stays open to our own pages: evidence of an assessment is a photo.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=({who})"
    for feature, who in {
        "accelerometer": "",
        "autoplay": "self",
        "browsing-topics": "",
        "camera": "self",
        "display-capture": "",
        "fullscreen": "self",
        "geolocation": "",
        "gyroscope": "",
        "magnetometer": "",
        "microphone": "self",
        "midi": "",
        "payment": "",
        "usb": "",
    }.items()
)
