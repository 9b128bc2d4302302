"""Numbers and times where Django's own habit for a language is not that of the people who read here."""
