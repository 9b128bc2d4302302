"""Everything assessments store."""

from assessments.models.appeals import Appeal, AppealFinding, AppealHearer
from assessments.models.attempts import (
    Attempt,
    Attestation,
    GroupRule,
    Moderated,
    Result,
    Sheet,
    Talk,
    ThirdLook,
    Witness,
    Words,
)
from assessments.models.credentials import Credential, CredentialEnd, CredentialSealed
from assessments.models.evidence import Evidence, Upload
from assessments.models.pages import AssessmentPage

__all__ = [
    "Appeal",
    "AppealFinding",
    "AppealHearer",
    "AssessmentPage",
    "Attempt",
    "Attestation",
    "Credential",
    "CredentialEnd",
    "CredentialSealed",
    "Evidence",
    "GroupRule",
    "Moderated",
    "Result",
    "Sheet",
    "Talk",
    "ThirdLook",
    "Upload",
    "Witness",
    "Words",
]
