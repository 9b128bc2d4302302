"""Skills of a course, for its team: what waits for me, the stations, the table of everybody."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assessments.actions import moderating
from assessments.models import GroupRule
from assessments.permissions import can_coordinate
from courses.assessing import access, matrix, queue, team_forms
from courses.assessing.cells import Cell
from courses.cohorts.queries import in_course
from courses.cohorts.text import Text
from courses.paper.addresses import packet
from courses.teaching.access import show
from courses.teaching.acting import act
from courses.teaching.views.exports import csv_file


@require_safe
@access.for_assessors
def skills(request, course, group):
    return _skills(request, course, group, team_forms.RatersForm(initial={"raters": _raters(course)}))


@require_POST
@access.for_assessors
def raters(request, course, group):
    form = team_forms.RatersForm(request.POST)
    if act(form, lambda asked: _ask_for_raters(course, request.user, asked)):
        messages.success(request, _("Saved. It holds for tries that begin from now on."))
        return redirect(access.address(course, "skills/"))
    return _skills(request, course, group, form, status=422)


@require_safe
@access.for_assessors
def table(request, course, group):
    language, module = get_language(), request.GET.get("module", "")
    found = matrix.table(course, group, language, module)
    base = access.address(course, "skills/try/")
    context = {
        "table": found,
        "rows": [{"called": row.called, "cells": _cells(base, found.columns, row.cells)} for row in found.rows],
        "modules": [{"uid": one.uid, "title": one.title} for one in matrix.parts(course, group, language)],
        "module": module,
    }
    return show(request, course, "assessing/team/table.html", context, tab="skills")


@require_safe
@access.for_assessors
def table_file(request, course, group):
    """The same as a file for a spreadsheet; it holds names."""
    found = matrix.table(course, group, get_language(), request.GET.get("module", ""))
    heads = (_("Name"), *(column.title for column in found.columns))
    rows = ((row.called, *(cell.word for cell in row.cells)) for row in found.rows)
    return csv_file(f"{course.code}-skills.csv", (heads, *rows))


def _skills(request, course, group, form, status: int = 200):
    language, text = get_language(), Text(course)
    papers = {one.uid: packet(text.slug, one.path, language, text.decision.label) for one in text.modules}
    modules = [
        {
            "title": part.title,
            "paper_url": papers[part.uid],
            "assessments": [
                {"title": one.title, "url": access.address(course, f"skills/station/{one.uid}/")}
                for one in part.columns
            ],
        }
        for part in matrix.parts(course, group, language)
    ]
    context = {
        "queue": _queue(course, group, request.user) if course.assesses else None,
        "modules": modules,
        "form": form,
        "coordinates": can_coordinate(request.user),
    }
    return show(request, course, "assessing/team/skills.html", context, tab="skills", status=status)


def _queue(course, group, user) -> list[dict]:
    """Lines as the screen shows them, by what waits."""
    lines = queue.waiting(group, user.person_id)
    called = {row.learner_id: row.called for row in in_course(course)} if lines else {}
    language = get_language()
    titles = {uid: page.titles.get(language) or next(iter(page.titles.values())) for uid, page in group.pages.items()}
    kinds: dict[str, list[dict]] = {}
    for line in lines:
        station = f"skills/station/{line.assessment}/?learner={line.learner}"
        below = f"skills/try/{line.attempt}/" if line.attempt else station
        told = {"called": called.get(line.learner, ""), "title": titles.get(line.assessment, "")}
        kinds.setdefault(line.what, []).append(told | {"url": access.address(course, below)})
    return [{"what": what, "lines": told} for what, told in kinds.items()]


def _cells(base: str, columns, cells: tuple[Cell, ...]):
    """One row, made here: a table of thousands of cells is no work for a template."""
    return mark_safe("".join(_cell(base, column.title, cell) for column, cell in zip(columns, cells, strict=True)))


def _cell(base: str, title: str, cell: Cell):
    word = cell.word
    if cell.uid:
        word = format_html('<a href="{}{}/">{}</a>', base, cell.uid, word)
    return format_html('<td role="cell" class="is-{}" data-label="{}">{}</td>', cell.state.value, title, word)


def _raters(course) -> int:
    rule = GroupRule.objects.filter(pk=course.pk).first()
    return rule.raters if rule else 1


def _ask_for_raters(course, user, asked):
    return moderating.ask_for_raters(group_uid=course.pk, raters=int(asked["raters"]), by=user)
