"""One transaction a request, for the requests that write.

Django's ATOMIC_REQUESTS would wrap reading as well, and on SQLite every transaction of ours takes the write
lock when it begins: readers would queue behind each other and behind a long import. So the setting holds an
object that answers for the request at hand. A safe request (GET, HEAD, OPTIONS) runs in autocommit; what it
writes on the side, such as a picture's rendition, is a small write of its own.
"""

from contextvars import ContextVar

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}

_method = ContextVar("method of the request", default="POST")


class WhenWriting:
    """Truth that Django asks for before each view. Outside a request it is True, the careful answer."""

    def __bool__(self):
        return _method.get() not in SAFE


class RequestMethod:
    """Middleware that remembers the method for `WhenWriting`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _method.set(request.method)
        try:
            return self.get_response(request)
        finally:
            _method.reset(token)
