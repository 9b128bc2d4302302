"""Learners' addresses of assessment, in each language; they stand before the pages of the course text."""

from django.conf import settings
from django.urls import path

from courses.assessing.views import before, evidence, hand, learner, own_credentials, record
from courses.delivery import addresses


def _in(language):
    below = addresses.prefix(language).removeprefix("/")
    here = f"{below}/learn/<slug:code>/" if below else "learn/<slug:code>/"
    told, skill = {"language": language}, f"{here}skills/<uuid:uid>/"
    return [
        path(f"{here}skills/", learner.skills, told),
        path(f"{here}skills/record/", record.record, told),
        path(f"{here}skills/record.pdf", record.record_pdf, told),
        path(f"{here}skills/appeal/<uuid:result>/", learner.appeal, told),
        path(skill, learner.skill, told),
        path(f"{skill}evidence/", evidence.evidence, told),
        path(f"{skill}evidence/files/", evidence.begin, told),
        path(f"{skill}evidence/files/<uuid:upload>/", evidence.go_on, told),
        path(f"{skill}evidence/<uuid:piece>/back/", evidence.take_back, told),
        path(f"{skill}hand/", hand.hand, told),
        path(f"{skill}hand/thanks/", hand.thanks, told),
        path(f"{skill}hand/<uuid:sheet>/", hand.second, told),
        path(f"{skill}before/", before.claim, told),
        path(f"{skill}before/confirm/", before.confirm, told),
        path(f"{here}credentials/", own_credentials.credentials, told),
        path(f"{here}credentials/<uuid:uid>/end/", own_credentials.end, told),
        path(f"{here}credentials/<str:what>/", own_credentials.take, told),
    ]


urlpatterns = [pattern for code, _name in settings.LANGUAGES for pattern in _in(code)]
