"""QR codes as inline SVG: an address that a phone takes from a screen or from paper."""

from io import BytesIO

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage


def svg(address: str) -> SafeString:
    """`address` as an `<svg>` element without width or style: the page says how large it is. Quiet zone included."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4, image_factory=_Plain)
    code.add_data(address)
    made = BytesIO()
    code.make_image().save(made)
    text = made.getvalue().decode()
    # Several of them can stand on one page: none has a name.
    return mark_safe(text[text.index("<svg") :].replace(' id="qr-path"', ""))


class _Plain(SvgPathImage):
    """Sized by its view box, so that style sheets decide."""

    def _svg(self, *args, **kwargs):
        element = super()._svg(*args, **kwargs)
        for name in ("width", "height"):
            element.attrib.pop(name, None)
        # What it leads to stands beside it in words.
        element.set("aria-hidden", "true")
        return element
