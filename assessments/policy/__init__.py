"""Rules of assessment without a database: scoring, agreement of raters, what to watch."""
