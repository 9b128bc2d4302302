"""Worker voice: what people who do the work say about a paragraph, what becomes of it, and what it changed.

`saying` takes an item in and keeps nothing that names an unnamed sender; `answering` is what designers and the
coordinator do with it; `tying` binds it to the version that carries it, and `crediting` tells delivery, which knows
nothing of voices. Everybody else hears only what was cleared of names, places and shifts (`queries.heard`).
"""
