"""The demo: an invented partnership whose people take real curricula through real agreements."""
