"""What happens to a person's name."""

from django.db import transaction
from django.utils import timezone

from users.models import User


@transaction.atomic
def rename(*, person, name):
    person.name = name.strip()
    person.save(update_fields=["name"])
    return person


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
