"""`python -m bench` measures reading and writing; `python -m bench growth` a hundred times as many lessons."""

import sys

from bench import growth, reading

WHAT = {"reading": reading.main, "growth": growth.main}

if __name__ == "__main__":
    chosen = sys.argv[1] if len(sys.argv) > 1 else "reading"
    if chosen not in WHAT:
        sys.exit(f"python -m bench [{' | '.join(WHAT)}]")
    WHAT[chosen]()
