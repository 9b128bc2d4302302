"""Screens of whoever teaches. The language is the reader's own, as everywhere in the app."""

from django.urls import path

from courses.teaching.views import (
    calendar,
    exports,
    founding,
    move,
    people,
    plan,
    poster,
    read,
    roster,
    session,
    team,
    today,
)

ONE = "teach/<slug:code>/"

urlpatterns = [
    path("learn/<slug:code>/calendar/<str:key>.ics", calendar.feed, name="course_calendar"),
    path("teach/", founding.mine, name="teach"),
    path("teach/new/", founding.new, name="teach_new"),
    path("teach/workshop/", founding.workshop, name="teach_workshop"),
    path(ONE, today.today, name="teach_today"),
    path(f"{ONE}people/", people.people, name="teach_people"),
    path(f"{ONE}people/<uuid:uid>/code/", people.code, name="teach_code"),
    path(f"{ONE}people/<uuid:uid>/out/", people.out, name="teach_out"),
    path(f"{ONE}roster/", roster.names, name="teach_roster"),
    path(f"{ONE}move/", move.move, name="teach_move"),
    path(f"{ONE}export/<str:what>.csv", exports.export, name="teach_export"),
    path(f"{ONE}read/", read.read, name="teach_read"),
    path(f"{ONE}read/<path:path>", read.read, name="teach_read_page"),
    path(f"{ONE}about/", founding.about, name="teach_about"),
    path(f"{ONE}plan/", plan.plan, name="teach_plan"),
    path(f"{ONE}plan/print/", plan.schedule, name="teach_schedule"),
    path(f"{ONE}plan/new/", plan.new, name="teach_session_new"),
    path(f"{ONE}plan/<uuid:uid>/", plan.change, name="teach_session_change"),
    path(f"{ONE}plan/<uuid:uid>/off/", plan.call_off, name="teach_session_off"),
    path(f"{ONE}plan/<uuid:uid>/on/", plan.hold_after_all, name="teach_session_on"),
    path(f"{ONE}plan/circle/", plan.new_circle, name="teach_circle_new"),
    path(f"{ONE}plan/circle/<uuid:uid>/", plan.change_circle, name="teach_circle_change"),
    path(f"{ONE}plan/circle/<uuid:uid>/remove/", plan.remove_circle, name="teach_circle_remove"),
    path(f"{ONE}session/<uuid:uid>/", session.session, name="teach_session"),
    path(f"{ONE}poster/", poster.poster, name="teach_poster"),
    path(f"{ONE}poster/code/", poster.new_code, name="teach_new_code"),
    path(f"{ONE}poster/close/", poster.close, name="teach_close_joining"),
    path(f"{ONE}support/", team.support, name="teach_support"),
    path(f"{ONE}team/", team.team, name="teach_team"),
    path(f"{ONE}team/<int:pk>/remove/", team.remove, name="teach_team_remove"),
]
