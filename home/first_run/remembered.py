"""What was answered so far: in the session of one browser and nowhere else, so that nothing is half written."""

from django.utils.datastructures import MultiValueDict

from users.invitations import hash_of

KEY = "first_run"
#: Never kept as typed: the password goes in as its hash.
SECRET = ("you-password", "csrfmiddlewaretoken", "back")


class Remembered:
    """The answers of one link, by screen, as they were posted."""

    def __init__(self, session, token: str):
        self.session = session
        self.said = session.get(KEY) or {}
        if self.said.get("link") != hash_of(token):
            self.said = {"link": hash_of(token)}

    def keep(self, screen: str, posted, password: str = "") -> None:
        self.said[screen] = {name: values for name, values in posted.lists() if name not in SECRET}
        if password:
            self.said["password"] = password
        self.session[KEY] = self.said

    def data(self, screen: str) -> MultiValueDict:
        """What was posted on a screen, for a form to check; empty before."""
        return MultiValueDict(self.said.get(screen) or {})

    def initial(self, screen: str, form, prefix: str) -> dict:
        """The same for a form to show: lists for fields of several choices, else one value."""
        posted = self.data(screen)
        return {
            name: posted.getlist(f"{prefix}-{name}")
            if hasattr(field.widget, "allow_multiple_selected") and field.widget.allow_multiple_selected
            else posted.get(f"{prefix}-{name}")
            for name, field in form.base_fields.items()
            if f"{prefix}-{name}" in posted
        }

    @property
    def password(self) -> str:
        """The hash of the password chosen, empty before."""
        return self.said.get("password", "")

    def forget(self) -> None:
        self.session.pop(KEY, None)
