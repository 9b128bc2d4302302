"""Delivery: agreed releases as pages that anybody reads, rendered once and the same for everybody.

`layout` says where each page stands, `contexts` what it shows, `build` renders and stores it, `paths` holds the map of
what is current, and `middleware` answers. Nothing here reads a draft: everything starts from an approved decision.
"""
