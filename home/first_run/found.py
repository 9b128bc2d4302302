"""Writing the answers of the first run: all of them or none."""

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curriculum.models import CurriculumPage, LessonPage, ModulePage
from curriculum.review.founding import found_committee
from curriculum.shelves import library, shelf
from home.first_run import links
from home.first_run.samples import Sample
from home.models import SiteAnswers
from interchange.package.importing import import_path
from users.grants import give_role
from users.invitations import invite
from users.roles import Role

COMMITTEE = "partnership"
User = get_user_model()


@dataclass(frozen=True)
class Newcomer:
    """The person doing the first run. `password` is hashed already."""

    name: str
    username: str
    password: str


@dataclass(frozen=True)
class Party:
    """One of the two: what it is called, and who speaks for it first."""

    party: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class Answers:
    """Everything that was asked. `sample` None starts with an empty lesson."""

    center_name: str
    languages: list[str]
    labor: Party
    management: Party
    sample: Sample | None = None


@dataclass
class Founded:
    """What is there now. `tokens` are {invitation's key: token} and are nowhere else."""

    user: object
    lesson: LessonPage
    tokens: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def found(*, token: str, answers: Answers, by) -> Founded:
    """Set the installation up. `by` is a signed-in administrator, or the Newcomer whose account is made here.

    Raises NotOpen for a link used meanwhile, PackageRefused for a sample with a mistake, ValidationError for a
    sign-in name that was taken meanwhile. Nothing is written then.
    """
    links.check_can_set_up()
    links.take(token)
    user = _administrator(by) if isinstance(by, Newcomer) else by
    SiteAnswers(center_name=answers.center_name, languages=answers.languages, set_up_on=timezone.localdate()).save()
    for language in answers.languages:
        library(language)
    found_committee(
        shelf=library(),
        slug=COMMITTEE,
        name=answers.center_name,
        labor_name=answers.labor.party,
        management_name=answers.management.party,
    )
    lesson = _from_sample(answers, user) if answers.sample else _blank(user)
    founded = Founded(user, lesson)
    for role, party in (
        (Role.LABOR_REVIEWER, answers.labor),
        (Role.MANAGEMENT_REVIEWER, answers.management),
    ):
        invitation, secret = invite(role=role, by=user, name=party.name, email=party.email)
        founded.tokens[invitation.pk] = secret
    return founded


def _administrator(newcomer: Newcomer):
    """The first account looks after the site and writes; somebody else signs."""
    if User.objects.exists():
        raise ValidationError(_("There is an account already. Sign in with it, then open the link again."))
    user = User.objects.create_user(
        newcomer.username,
        name=newcomer.name,
        preferred_language=translation.get_language() or settings.LANGUAGE_CODE,
        is_superuser=True,
        is_staff=True,
    )
    user.password = newcomer.password
    user.save(update_fields=["password"])
    give_role(user=user, role=Role.ADMINISTRATOR)
    give_role(user=user, role=Role.DESIGNER)
    return user


def _from_sample(answers: Answers, user) -> LessonPage:
    """The sample's drafts, with this installation's parties in place of the ones they were written for."""
    import_path(answers.sample.path, by=user)
    lesson = None
    for curriculum in CurriculumPage.objects.filter(slug=answers.sample.slug).select_related("locale"):
        curriculum.labor_partner = answers.labor.party
        curriculum.management_partner = answers.management.party
        curriculum.save()
        curriculum.save_revision(user=user, log_action=True)
        if curriculum.is_source:
            first = curriculum.modules[0].value["module"]
            lesson = LessonPage.objects.child_of(first).first()
    return lesson


def _blank(user) -> LessonPage:
    """One module with one empty lesson, titled in the library's own language."""
    with translation.override(settings.LANGUAGE_CODE):
        place = shelf("curricula", _("Curricula"))
        module = ModulePage(title=_("First module"), slug="first-module", code="M1", locale=place.locale)
        lesson = LessonPage(title=_("First lesson"), slug="first-lesson", code="M1.1", locale=place.locale)
    for parent, page in ((place, module), (module, lesson)):
        parent.add_child(instance=page)
        page.save_revision(user=user, log_action="wagtail.create")
    return lesson
