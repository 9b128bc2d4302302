"""`python -m bench` measures reading and writing; the others measure one thing each (see README)."""

import sys

from bench import desk, growth, learning, matrix, phone, reading, room

WHAT = {
    "reading": reading.main,
    "growth": growth.main,
    "learning": learning.main,
    "desk": desk.main,
    "room": room.main,
    "matrix": matrix.main,
    "phone": phone.main,
}

if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "reading"
    if chosen not in WHAT:
        sys.exit(f"python -m bench [{' | '.join(WHAT)}]")
    WHAT[chosen]()
