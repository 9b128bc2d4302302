"""The first run of a real installation: three questions, written in one transaction, ending on a lesson."""
