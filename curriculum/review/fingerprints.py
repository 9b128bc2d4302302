"""A fingerprint in words that two people can compare aloud, in any language. Pure.

The first 64 bits of it as four pronounceable words of five letters, consonant and vowel in turn (the "proquint"
spelling of 16 bits, D. Wilkerson 2009). Enough to notice that a sheet belongs to another text; the whole fingerprint
stands beside it.
"""

_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"


def in_words(digest: str) -> str:
    """Four words for a digest of hexadecimal digits: "lusab-babad-gutih-tugad"."""
    number = int(digest[:16], 16)
    return "-".join(_word(number >> shift & 0xFFFF) for shift in (48, 32, 16, 0))


def _word(bits: int) -> str:
    """16 bits: consonants take four each, vowels two."""
    return (
        _CONSONANTS[bits >> 12]
        + _VOWELS[bits >> 10 & 3]
        + _CONSONANTS[bits >> 6 & 15]
        + _VOWELS[bits >> 4 & 3]
        + _CONSONANTS[bits & 15]
    )
