"""Addresses of assessment in a course: the team's below /teach/, learners' below /learn/ in each language."""

from django.urls import include, path

from courses.assessing.views import agreement, appeals, hearing, one_try, results, skills, station

ONE = "teach/<slug:code>/skills/"

urlpatterns = [
    path(ONE, skills.skills, name="skills"),
    path(f"{ONE}table/", skills.table, name="skills_table"),
    path(f"{ONE}table.csv", skills.table_file, name="skills_table_file"),
    path(f"{ONE}raters/", skills.raters, name="skills_raters"),
    path(f"{ONE}try/<uuid:uid>/", one_try.one_try, name="skills_try"),
    path(f"{ONE}try/<uuid:uid>/look/", one_try.look, name="skills_look"),
    path(f"{ONE}try/<uuid:uid>/confirm/<uuid:sheet>/", one_try.confirm, name="skills_confirm"),
    path(f"{ONE}try/<uuid:uid>/away/<uuid:sheet>/", one_try.turn_away, name="skills_turn_away"),
    path(f"{ONE}try/<uuid:uid>/talk/", one_try.talk, name="skills_talk"),
    path(f"{ONE}try/<uuid:uid>/correct/", one_try.correct, name="skills_correct"),
    path(f"{ONE}try/<uuid:uid>/attest/", one_try.attest, name="skills_attest"),
    path(f"{ONE}agreement/", agreement.agreement, name="skills_agreement"),
    path(f"{ONE}agreement/sheet/<uuid:sheet>/", agreement.look_at, name="skills_look_at"),
    path(f"{ONE}appeals/", appeals.appeals, name="skills_appeals"),
    path(f"{ONE}appeals/<uuid:uid>/<str:side>/", appeals.name_hearer, name="skills_name_hearer"),
    path("hear/", hearing.mine, name="hear"),
    path("hear/<uuid:uid>/", hearing.one, name="hear_one"),
    path("results/", results.results, name="results"),
    path(f"{ONE}station/<uuid:uid>/", station.station, name="skills_station"),
    path(f"{ONE}sheets/", station.take_sheets, name="skills_sheets"),
    path(f"{ONE}evidence/", station.begin_evidence, name="skills_evidence"),
    path(f"{ONE}evidence/<uuid:uid>/", station.send_evidence, name="skills_evidence_piece"),
    path("", include("courses.assessing.learner_urls")),
]
