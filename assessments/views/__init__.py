"""Screens of assessment that stand without a cohort."""
