"""Writes of assessment, one act each: atomic, keyword-only, with `by` whoever did it."""
