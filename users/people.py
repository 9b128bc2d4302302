"""What happens to a person's name."""

from django.db import transaction
from django.utils import timezone

from users.models import User


@transaction.atomic
def rename(*, person, name):
    person.name = name.strip()
    person.save(update_fields=["name"])
    return person


def remember_languages(*, user, offered, ticked):
    """Keep which languages a person said they read, for the next sheet. Those not `offered` stay as they were."""
    user.reads_languages = [*ticked, *(one for one in user.reads if one not in offered)]
    user.save(update_fields=["reads_languages"])


@transaction.atomic
def erase(*, person):
    """Take a person's name away everywhere: blank the one row that has it and delete the account.

    What the person signed, saw or said stays, under their `uid`. Cannot be undone.
    """
    User.objects.filter(person=person).delete()
    person.name = ""
    person.erased_at = timezone.now()
    person.save(update_fields=["name", "erased_at"])
    return person


def end_tour(*, user) -> None:
    """The tour was taken or skipped: it is not offered any more. The first time is kept."""
    if user.toured_at is None:
        user.toured_at = timezone.now()
        user.save(update_fields=["toured_at"])
