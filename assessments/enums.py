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
