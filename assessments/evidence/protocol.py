"""How a file comes in over a line that breaks: tus 1.0.0, its core and its extension *creation*.

POST with Upload-Length and Upload-Metadata begins and answers 201 with Location; HEAD asks how far it is; PATCH brings
the piece that begins at Upload-Offset and answers 204 with the new one. OPTIONS says what is spoken. 409 carries the
offset to go on from. Not spoken: sizes told later, checksums, joining of uploads, ending one, data with the POST.

Our own: in Upload-Metadata `kind` is a kind of evidence and `consented` stands alone or is not there; every answer
about a file that is whole names the evidence it became in Highroad-Evidence. Refusals are JSON, {"sentence": why}; 422
when the content is refused, and then nothing of the file is left. A PATCH without bytes at the end finishes again.

Who may send is asked by the view that answers with this. Decorate it with `transaction.non_atomic_requests`: looking at
a film takes seconds, in which nobody else should wait for the database.
"""

import base64
import binascii
from collections.abc import Callable, Collection
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from assessments.enums import EvidenceKind
from assessments.evidence import uploading
from assessments.evidence.content import NotTaken
from assessments.models import Attempt, Upload
from users.models import Learner, Person

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
DONE = "Highroad-Evidence"


def begin(
    request: HttpRequest,
    *,
    learner: Learner,
    group: UUID,
    assessment_uid: UUID,
    by: Person,
    address: Callable[[Upload], str],
    attempt: Attempt | None = None,
    about: str = "",
    kinds: Collection[str] = EvidenceKind.values,
) -> HttpResponse:
    """Answer POST (and OPTIONS) where files begin, of `kinds`; `address` tells where the pieces of one go."""
    refused = _before(request, "POST")
    if refused:
        return refused
    size, said = _whole_number(request, "Upload-Length"), _metadata(request)
    if size is None or said is None:
        return _refuse(400, _("The file was not announced as it should be. Open the page again and send it once more."))
    if said.get("kind", "") not in kinds:
        return _refuse(422, _("This assessment takes no evidence of that kind. Nothing was kept."))
    try:
        upload = uploading.begin(
            learner=learner,
            group=group,
            assessment_uid=assessment_uid,
            kind=said.get("kind", ""),
            size=size,
            consented="consented" in said,
            by=by,
            attempt=attempt,
            about=about,
        )
    except NotTaken as error:
        return _refuse(413 if isinstance(error, uploading.TooLarge) else 422, str(error))
    return _answer(201, {"Location": address(upload), "Upload-Offset": "0"})


def go_on(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Answer HEAD, PATCH (and OPTIONS) where the pieces of a file go."""
    refused = _before(request, "HEAD", "PATCH")
    if refused:
        return refused
    if _method(request) == "HEAD":
        return _answer(200, _how_far(upload) | {"Upload-Length": str(upload.size)})
    if request.content_type != PIECE_TYPE:
        return _refuse(415, _("This is no piece of a file. Open the page again and send it once more."))
    offset = _whole_number(request, "Upload-Offset")
    if offset is None:
        return _refuse(400, _("The piece does not say where it belongs. Open the page again and send it once more."))
    data = _read(request)
    try:
        # The answer to the last piece may have been lost: then the file is whole, and what it became is told again.
        row = uploading.append(upload=upload, offset=offset, data=data)
        if row.received == row.size:
            uploading.finish(upload=row)
    except uploading.GoOn as error:
        return _refuse(409, str(error), {"Upload-Offset": str(error.offset)})
    except uploading.TooLarge as error:
        return _refuse(413, str(error))
    except uploading.Lost as error:
        return _refuse(410, str(error))
    except NotTaken as error:
        return _refuse(422, str(error))
    return _answer(204, _how_far(row))


def _before(request: HttpRequest, *methods: str) -> HttpResponse | None:
    """What is answered before anything is done: what we speak, or that somebody speaks something else."""
    method = _method(request)
    if method == "OPTIONS":
        most = str(max(uploading.MOST_BYTES.values()))
        return _answer(204, {"Tus-Version": VERSION, "Tus-Extension": "creation", "Tus-Max-Size": most})
    if method not in methods:
        return _refuse(405, "", {"Allow": ", ".join((*methods, "OPTIONS"))})
    if request.headers.get("Tus-Resumable") != VERSION:
        return _refuse(412, _("Files come in another way here. Open the page again."), {"Tus-Version": VERSION})
    return None


def _method(request: HttpRequest) -> str:
    """Some networks let only GET and POST through: the protocol names what is meant."""
    return request.headers.get("X-HTTP-Method-Override", "POST") if request.method == "POST" else request.method


def _how_far(upload: Upload) -> dict[str, str]:
    done = uploading.evidence_of(upload) if upload.received == upload.size else None
    return {"Upload-Offset": str(upload.received), **({DONE: str(done.pk)} if done else {})}


def _whole_number(request: HttpRequest, name: str) -> int | None:
    said = request.headers.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 12 else None


def _metadata(request: HttpRequest) -> dict[str, str] | None:
    """Pairs with commas between; a value is Base64, or not there. None where it cannot be read."""
    found = {}
    for pair in filter(None, (one.strip() for one in request.headers.get("Upload-Metadata", "").split(","))):
        key, _space, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
    return found


def _read(request: HttpRequest) -> bytes:
    """The piece, at most one byte more than may be. What came before the line broke counts."""
    pieces, left = [], uploading.MOST_PIECE + 1
    try:
        while left and (piece := request.read(left)):
            pieces.append(piece)
            left -= len(piece)
    except OSError:
        pass
    return b"".join(pieces)


def _refuse(status: int, sentence: str, headers: dict[str, str] | None = None) -> HttpResponse:
    return _dressed(JsonResponse({"sentence": sentence}, status=status), headers or {})


def _answer(status: int, headers: dict[str, str]) -> HttpResponse:
    return _dressed(HttpResponse(status=status), headers)


def _dressed(response: HttpResponse, headers: dict[str, str]) -> HttpResponse:
    for name, value in ({"Tus-Resumable": VERSION, "Cache-Control": "no-store"} | headers).items():
        response.headers[name] = value
    return response
