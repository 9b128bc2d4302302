"""Doing what a form says."""


def act(form, do) -> bool:
    """Whether `do(form.asked)` was done; what it gave is `form.made`. A refusal is said on the form.

    `asked` are the form's cleaned data where it has no `asked` of its own.
    """
    if not form.is_bound or not form.is_valid():
        return False
    try:
        form.made = do(getattr(form, "asked", form.cleaned_data))
    except ValueError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
