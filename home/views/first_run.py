"""The screens of the first run. Going back and forth writes nothing; the last answer writes everything."""

from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from home.demo.switch import demo_is_on
from home.first_run import links
from home.first_run.found import Answers, Newcomer, Party, found
from home.first_run.remembered import Remembered
from home.forms.first_run import CenterForm, PartyForm, StartForm, YouForm
from home.views.invitations import remember_tokens
from interchange.package.problems import PackageRefused
from users.invitations import NotOpen
from users.models import User
from users.permissions import has_role
from users.roles import Role
from users.views.welcome import BACKEND


@method_decorator([never_cache, sensitive_post_parameters("you-password")], name="dispatch")
class Screen(View):
    """One screen: some forms, shown with what was said before. `screens` says the order."""

    name = ""
    template = ""
    number = 0

    def dispatch(self, request, token):
        if demo_is_on():
            raise Http404
        try:
            links.check_can_set_up()
            links.find(token)
        except (NotOpen, links.NotOffered) as closed:
            return render(request, "users/welcome_closed.html", {"reason": str(closed)}, status=410)
        self.token, self.said = token, Remembered(request.session, token)
        self.account = request.user if has_role(request.user, Role.ADMINISTRATOR) else None
        if self.account is None and User.objects.exists():
            if request.user.is_authenticated:
                raise PermissionDenied(_("An administrator sets up the installation. Sign in as one."))
            return redirect_to_login(request.get_full_path())
        for screen in SCREENS[: self.number - 1]:
            if not self.answered(screen):
                return redirect(screen.url(token))
        return super().dispatch(request, token)

    @classmethod
    def url(cls, token):
        return reverse(cls.name, args=[token])

    @classmethod
    def forms(cls, said, account, data=None):
        """The forms by prefix: bound to `data`, or showing what `said` remembers."""
        raise NotImplementedError

    @classmethod
    def check(cls, forms) -> bool:
        """Whether every form holds; all are asked, so that all mistakes are shown at once."""
        held = [form.is_valid() for form in forms.values()]
        return all(held)

    def answered(self, screen) -> bool:
        return screen.check(screen.forms(self.said, self.account, self.said.data(screen.name)))

    def get(self, request, token):
        return self.page(self.forms(self.said, self.account))

    def post(self, request, token):
        if "back" in request.POST and self.number > 1:
            self.said.keep(self.name, request.POST)
            return redirect(SCREENS[self.number - 2].url(token))
        forms = self.forms(self.said, self.account, request.POST)
        if not self.check(forms):
            return self.page(forms, status=422)
        return self.take(request, forms)

    def take(self, request, forms):
        you = forms.get("you")
        self.said.keep(self.name, request.POST, you.hashed if you else "")
        return redirect(SCREENS[self.number].url(self.token))

    def page(self, forms, status=200, **more):
        context = {
            "forms": forms,
            "number": self.number,
            "total": len(SCREENS),
            "back": self.number > 1,
            **more,
        }
        return render(self.request, self.template, context, status=status)


class Center(Screen):
    """Who sets it up, what the place is called, which languages it offers."""

    name, template, number = "first_run", "home/first_run/center.html", 1

    @classmethod
    def forms(cls, said, account, data=None):
        kinds = {"you": YouForm} if account is None else {}
        kinds["center"] = CenterForm
        more = {"you": {"kept": said.password}}
        return {
            prefix: kind(data, prefix=prefix, initial=said.initial(cls.name, kind, prefix), **more.get(prefix, {}))
            for prefix, kind in kinds.items()
        }


class People(Screen):
    """Two parties of equal weight, and one person for each."""

    name, template, number = "first_run_people", "home/first_run/people.html", 2

    @classmethod
    def forms(cls, said, account, data=None):
        words = {
            "labor": (_("Name of the labor party"), _("For example: Local 100")),
            "management": (_("Name of the management party"), _("For example: County Departments")),
        }
        return {
            side: PartyForm(
                data,
                prefix=side,
                initial=said.initial(cls.name, PartyForm, side),
                label=label,
                example=example,
            )
            for side, (label, example) in words.items()
        }

    @classmethod
    def check(cls, forms):
        if not super().check(forms):
            return False
        labor, management = forms["labor"].cleaned_data, forms["management"].cleaned_data
        sentences = {
            "party": _("The two parties need different names."),
            "name": _("One person speaks for one side. Name somebody else, or add an initial."),
            "email": _("One person speaks for one side. Give another e-mail, or none."),
        }
        for field, sentence in sentences.items():
            if labor[field] and labor[field].casefold() == management[field].casefold():
                forms["management"].add_error(field, sentence)
        return not forms["management"].errors


class Start(Screen):
    """A sample or an empty lesson. Its answer writes everything."""

    name, template, number = "first_run_start", "home/first_run/start.html", 3

    @classmethod
    def forms(cls, said, account, data=None):
        return {"start": StartForm(data, prefix="start", initial=said.initial(cls.name, StartForm, "start"))}

    def take(self, request, forms):
        start = forms["start"]
        try:
            founded = found(token=self.token, answers=self.answers(start), by=self.account or self.newcomer())
        except PackageRefused as refused:
            start.add_error("start", _("This sample has a mistake. Nothing was written. Choose another."))
            return self.page(forms, status=422, problems=refused.problems)
        except (NotOpen, links.NotOffered, ValidationError) as refused:
            reason = refused.messages[0] if isinstance(refused, ValidationError) else str(refused)
            return render(request, "users/welcome_closed.html", {"reason": reason}, status=410)
        self.said.forget()
        if self.account is None:
            login(request, founded.user, backend=BACKEND)
        remember_tokens(request, founded.tokens)
        messages.success(
            request,
            _("Everything is ready, and this lesson is open for writing. Two people wait for their invitation."),
            buttons=[messages.button(reverse("invitations"), _("Copy the invitations"))],
        )
        return redirect("wagtailadmin_pages:edit", founded.lesson.pk)

    def answers(self, start) -> Answers:
        center = self._said(Center)["center"].cleaned_data
        people = self._said(People)
        return Answers(
            center_name=center["center_name"],
            languages=center["languages"],
            labor=Party(**people["labor"].cleaned_data),
            management=Party(**people["management"].cleaned_data),
            sample=start.sample,
        )

    def newcomer(self) -> Newcomer:
        you = self._said(Center)["you"]
        return Newcomer(you.cleaned_data["name"], you.cleaned_data["username"], you.hashed)

    def _said(self, screen) -> dict:
        """The forms of an earlier screen, checked again."""
        forms = screen.forms(self.said, self.account, self.said.data(screen.name))
        screen.check(forms)
        return forms


SCREENS = (Center, People, Start)
