"""The closed vocabularies of assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    """Ten ways to show, tell or do."""

    SKILLS_DEMONSTRATION = "skills_demonstration", _("Skills demonstration")
    PORTFOLIO = "portfolio", _("Portfolio of evidence")
    ORAL_RESPONSE = "oral_response", _("Spoken answers")
    REFLECTIVE_JOURNAL = "reflective_journal", _("Reflective journal")
    SCENARIO = "scenario", _("Scenario or role play")
    TEAM_PROJECT = "team_project", _("Team project")
    PEER_FEEDBACK = "peer_feedback", _("Peer feedback")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
    PRIOR_EXPERIENCE = "prior_experience", _("Experience recognition")
    WORKSITE_SIGN_OFF = "worksite_sign_off", _("Worksite sign-off")


class EvidenceKind(models.TextChoices):
    """What may support a judgement."""

    OBSERVATION = "observation", _("Observation")
    TEXT = "text", _("Writing")
    AUDIO = "audio", _("Sound recording")
    PHOTO = "photo", _("Photo")
    VIDEO = "video", _("Video")
    FILE = "file", _("File")


UNGRADED = frozenset({Method.REFLECTIVE_JOURNAL, Method.SELF_ASSESSMENT, Method.PEER_FEEDBACK})


class Outcome(models.TextChoices):
    """What is decided of somebody and a skill. There is no other word for *not yet*."""

    COMPETENT = "competent", _("Competent")
    NOT_YET = "not_yet", _("Not yet competent")
    RECOGNIZED = "recognized", _("Recognized")
    EXEMPT = "exempt", _("Chose another way")
    VOID = "void", _("Does not count")


#: Outcomes that say somebody can do it.
ENOUGH = frozenset({Outcome.COMPETENT, Outcome.RECOGNIZED})


class Ruling(models.TextChoices):
    """What a correction says of a try. What the skill then comes to follows from the row of tries."""

    MET = "met", _("This try was met")
    NOT_MET = "not_met", _("This try was not met")
    VOID = "void", _("This try does not count")


class SheetKind(models.TextChoices):
    """What somebody wrote down: a whole try, one task at work, that somebody else's sheet is right, or that nobody here
    knows who signed it."""

    TRY = "try", _("A try")
    TASK = "task", _("A task at work")
    COSIGN = "cosign", _("A second signature")
    TURNED_AWAY = "turned_away", _("A signature nobody here can confirm")


class EvidenceRule(models.TextChoices):
    """What evidence must be before anybody decides on it (Australian rules for vocational training, widely reused)."""

    VALID = "valid", _("It shows this very skill")
    SUFFICIENT = "sufficient", _("It is enough, and more than once")
    AUTHENTIC = "authentic", _("It is the learner's own")
    CURRENT = "current", _("It is recent")


class Capacity(models.TextChoices):
    """As what somebody confirms work that was done before."""

    SUPERVISOR = "supervisor", _("Supervisor")
    PEER = "peer", _("Co-worker")
    STEWARD = "steward", _("Steward")
    COMMUNITY = "community", _("Somebody of the community")


class TalkKind(models.TextChoices):
    """What is talked over before somebody tries again."""

    COACHING = "coaching", _("Coaching")
    PLAN = "plan", _("Plan meeting")


class Finding(models.TextChoices):
    """What one side finds when it hears an appeal."""

    STANDS = "stands", _("The result stands")
    CHANGES = "changes", _("The learner showed it")
    AGAIN = "again", _("Look again, with two other people")


class Subject(models.TextChoices):
    """What a credential is for."""

    MODULE = "module", _("Module")
    CURRICULUM = "curriculum", _("Course text")


class NoKappa(models.TextChoices):
    """Why two raters' agreement cannot be told apart from chance."""

    NOTHING = "nothing", _("Nothing was marked by both.")
    ONE_WORD = "one_word", _("Both said the same of everything, so chance alone explains it.")


class Says(models.TextChoices):
    """Why a criterion tells learners apart no more."""

    NOBODY_MISSES = "nobody_misses", _("Nobody misses it")
    EVERYBODY_MISSES = "everybody_misses", _("Everybody misses it")
