"""Paper: one module of an agreed course text for people without phone or line, as a page to print and as PDF.

`finding` says which text is meant, `sheets` what stands on each sheet, `blocks` how a part of a lesson looks where
nothing opens, plays or links, `kept` makes a PDF once and keeps it, `views` answers. Everything comes from frozen
content through `courses.delivery`, so paper says what the screen says, warnings included.
"""
