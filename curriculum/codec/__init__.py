"""Between a page's fields and their portable form. `editions.portable` puts the pieces together.

`values` turns block values round, `lookups` finds the rows they point at in bulk, `fields` says for one
attribute of a page how it is dumped and loaded.
"""
