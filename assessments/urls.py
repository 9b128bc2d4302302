"""Addresses of assessment that stand without a cohort."""

from django.urls import path, re_path

from assessments.views import credentials, evidence

urlpatterns = [
    path("evidence/<uuid:uid>/", evidence.evidence, name="evidence"),
    path("credentials/check/", credentials.check, name="credential_check"),
    path("credentials/keys.json", credentials.all_keys, name="credential_keys"),
    re_path(r"^credentials/keys/(?P<thumbprint>[\w-]{43})\.json$", credentials.one_key, name="credential_key"),
    path("credentials/status/<int:number>", credentials.status_list, name="credential_status"),
    path("credentials/<uuid:uid>/", credentials.credential, name="credential"),
    path("credentials/<uuid:uid>.jwt", credentials.signed, name="credential_signed"),
    path("credentials/<uuid:uid>.json", credentials.decoded, name="credential_decoded"),
    path("credentials/<uuid:uid>.pdf", credentials.certificate, name="credential_paper"),
]
