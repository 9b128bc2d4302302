"""Encodings, ETags and the memory of a process, without a database."""

import pytest

from courses.delivery import answers
from courses.delivery.memory import Body, ByteCache


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, *", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("", ""),
        (";;,,=", ""),
    ],
)
def test_encodings(accepted, encoding):
    assert answers.encoding_for(accepted) == encoding


@pytest.mark.parametrize(
    ("known", "same"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("a", False), ("", False)],
)
def test_etags(known, same):
    assert answers.has_these(known, '"a"') is same


def body(size):
    return Body(b"x" * size, {}, '"x"')


def test_memory_is_bounded_by_bytes_and_forgets_what_was_asked_for_longest_ago():
    memory = ByteCache(limit=10 * (1000 + ByteCache.OVERHEAD))
    for key in range(10):
        memory.get(key, lambda: body(1000))
    memory.get(0, lambda: pytest.fail("it is there"))
    memory.get(10, lambda: body(1000))
    assert memory.size <= memory.limit and len(memory) == 10
    memory.get(0, lambda: pytest.fail("it was asked for a moment ago"))
    asked = []
    memory.get(1, lambda: asked.append(1))
    assert asked == [1]


def test_memory_keeps_neither_what_is_not_there_nor_what_is_too_large():
    memory = ByteCache(limit=10_000)
    assert memory.get("gone", lambda: None) is None
    assert memory.get("large", lambda: body(9000)).data
    assert (len(memory), memory.size) == (0, 0)
    memory.get("small", lambda: body(10))
    memory.clear()
    assert (len(memory), memory.size) == (0, 0)
