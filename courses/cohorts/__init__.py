"""Cohorts: a course as people take it, who is in it, when it meets, what is done. Knows nothing of screens."""
