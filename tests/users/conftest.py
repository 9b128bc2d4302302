import pytest

from users.grants import give_role
from users.models import User

PASSWORD = "a long enough pass"


@pytest.fixture
def someone(db):
    """someone("designer") is an account in that role; someone() is an outsider with an account."""

    def make(*roles, username=None, **fields):
        name = username or (roles[0] if roles else "outsider")
        user = User.objects.create_user(name, f"{name}@example.org", PASSWORD, name=name.title(), **fields)
        for role in roles:
            give_role(user=user, role=role)
        return user

    return make


@pytest.fixture
def admin_client_of(client):
    """A browser signed in as `user`."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in
