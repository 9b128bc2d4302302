"""A name lives in one row, which outlives the account and can be blanked."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from users.models import Person, User
from users.people import erase

pytestmark = pytest.mark.django_db


def test_every_way_of_making_an_account_makes_its_person():
    made = [
        User.objects.create_user("ana", name="Ana Ruiz"),
        User.objects.create_superuser("root", "root@example.org", "a long enough pass"),
        User.objects.create(username="bo"),
    ]
    assert Person.objects.count() == User.objects.count() == 3
    assert [user.get_full_name() for user in made] == ["Ana Ruiz", "root", "bo"]


def test_the_account_has_no_column_for_a_name():
    columns = {field.column for field in User._meta.concrete_fields}
    assert columns & {"first_name", "last_name", "name"} == set()


def test_deleting_the_account_leaves_the_person():
    user = User.objects.create_user("ana", name="Ana Ruiz")
    uid = user.person_id
    user.delete()
    assert Person.objects.get(uid=uid).name == "Ana Ruiz"


def test_a_person_with_an_account_is_not_deleted():
    user = User.objects.create_user("ana", name="Ana Ruiz")
    with pytest.raises(ProtectedError):
        user.person.delete()


def test_erasing_blanks_the_name_and_ends_the_account():
    user = User.objects.create_user("ana", name="Ana Ruiz")
    person = erase(person=user.person)
    person.refresh_from_db()
    assert (person.name, person.erased_at is not None) == ("", True)
    assert not User.objects.filter(username="ana").exists()
    assert "taken away" in str(person)


def test_the_database_refuses_a_name_on_an_erased_person():
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="Ana Ruiz", erased_at=timezone.now())


def test_accounts_come_with_their_names_in_one_query(django_assert_num_queries):
    for name in ("ana", "bo", "cy"):
        User.objects.create_user(name, name=name.title())
    with django_assert_num_queries(1):
        assert [str(user) for user in User.objects.order_by("username")] == ["Ana", "Bo", "Cy"]
