"""Ten methods, a slice each: what authors are told, what raters tick, what paper looks like, what is kept nowhere."""

from copy import deepcopy

import pytest
from bs4 import BeautifulSoup
from django.template.loader import get_template, render_to_string
from django.urls import reverse

from assessments import methods
from assessments.blocks import CriteriaBlock, RubricBlock
from assessments.checks import check_assessment
from assessments.enums import UNGRADED, Capacity, EvidenceKind, EvidenceRule, Method, Outcome, SheetKind
from assessments.instrument import Instrument
from assessments.models import AssessmentPage
from courses.paper import forms
from courses.paper.said import said
from courses.paper.sheet import Voice
from curriculum.checks import Level
from curriculum.codec.values import dump_value, load_value
from curriculum.editions import portable
from tests.factories import assessment_data


def snapshot(method, **more):
    data = {"uid": "u", **deepcopy(assessment_data()), "method": method, **more}
    return data | ({"graded": False, "passing": {}, "evidence": []} if method in UNGRADED else {})


def levels(*numbers, enough=None):
    return [
        {
            "id": f"l{at}",
            "value": {"level": n, "label": f"L{n}", "descriptor": "So.", **({"enough": True} if n == enough else {})},
        }
        for at, n in enumerate(numbers)
    ]


def test_every_method_has_its_slice_and_nobody_judges_what_is_ungraded():
    assert list(methods.SLICES) == list(Method) and all(methods.of(one).method == one for one in Method)
    assert {one for one in Method if not methods.of(one).is_judged} == UNGRADED
    fields = {field.name for field in AssessmentPage._meta.get_fields()}
    for one in methods.SLICES.values():
        assert {name.partition(".")[0] for name in one.fields} <= fields and str(one.help) and str(one.privacy)
        assert get_template(one.paper_template)
        assert ("graded" in one.fields) == one.is_judged == bool(one.sheet_template)
    with pytest.raises(ValueError):
        methods.of("written_test")


def test_what_nobody_judges_takes_nothing_and_recordings_only_where_asked_for():
    everything = set(EvidenceKind)
    for one in UNGRADED:
        assert methods.of(one).takes(everything) == frozenset()
    oral = methods.of(Method.ORAL_RESPONSE)
    assert oral.takes(["observation"]) == frozenset() and oral.takes(["audio"]) == {EvidenceKind.AUDIO}
    assert EvidenceKind.VIDEO in methods.of(Method.SKILLS_DEMONSTRATION).takes(())
    assert all(one.keep_days[EvidenceKind.VIDEO] == 30 for one in methods.SLICES.values())


def test_experience_is_recognized_when_a_supervisor_and_a_co_worker_or_steward_confirm_it():
    prior = methods.of(Method.PRIOR_EXPERIENCE)
    assert prior.when_met == Outcome.RECOGNIZED and prior.currency_months == 36
    assert prior.still_to_tick(["valid", "current"]) == [EvidenceRule.SUFFICIENT, EvidenceRule.AUTHENTIC]
    assert prior.still_to_confirm([Capacity.SUPERVISOR, Capacity.STEWARD]) == []
    assert prior.still_to_confirm([Capacity.PEER, Capacity.STEWARD, Capacity.COMMUNITY]) == [{Capacity.SUPERVISOR}]
    assert methods.of(Method.WORKSITE_SIGN_OFF).sheet_kind == SheetKind.TASK
    assert methods.of(Method.SCENARIO).still_to_tick([]) == methods.of(Method.SCENARIO).still_to_confirm([]) == []


@pytest.mark.parametrize(
    ("method", "change", "level"),
    [
        ("skills_demonstration", {}, None),
        ("skills_demonstration", {"criteria": []}, Level.STOP),
        ("skills_demonstration", {"passing": {"others": "1.5"}}, Level.STOP),
        ("skills_demonstration", {"passing": {"consecutive": 0}}, Level.STOP),
        ("skills_demonstration", {"criteria": assessment_data()["criteria"][1:]}, Level.KNOW),
        ("skills_demonstration", {"evidence": []}, Level.KNOW),
        ("oral_response", {"criteria": assessment_data()["criteria"][1:]}, None),
        ("portfolio", {}, Level.KNOW),
        ("portfolio", {"rubric": levels(1, 2, 3)}, None),
        ("portfolio", {"rubric": levels(1, 2, 2)}, Level.STOP),
        ("reflective_journal", {"criteria": assessment_data()["criteria"][1:]}, None),
        ("reflective_journal", {}, Level.KNOW),
    ],
)
def test_an_author_is_told_what_would_not_work_and_what_might_be_better(method, change, level):
    data = snapshot(method, **change)
    assert [one.level for one in check_assessment({"en": data})] == ([level] if level else [])


@pytest.mark.parametrize("method", sorted(UNGRADED))
def test_what_is_for_the_learner_alone_is_never_scored(method):
    data = snapshot(method, criteria=[]) | {"graded": True}
    assert [one.level for one in check_assessment({"en": data})] == [Level.STOP]


def test_languages_share_how_long_a_step_takes_who_shows_it_and_what_is_enough():
    source = snapshot("team_project", rubric=levels(1, 2, 3, enough=2))
    for name, value in (("limit", 60), ("individual", True)):
        other = deepcopy(source) | {"language": "es"}
        other["criteria"][1]["value"][name] = value
        assert [one.level for one in check_assessment({"en": source, "es": other})] == [Level.STOP]
    other = deepcopy(source) | {"language": "es", "rubric": levels(1, 2, 3, enough=3)}
    assert [one.level for one in check_assessment({"en": source, "es": other})] == [Level.STOP]


def test_what_only_some_criteria_say_changes_no_fingerprint_of_the_others():
    def there_and_back(block, value):
        raw = load_value(block, [{"id": "c", "type": next(iter(block.child_blocks)), "value": value}], None)
        return portable.normal(dump_value(block, raw, None))[0]["value"]

    plain = {"code": "a", "text": "Looks."}
    assert there_and_back(CriteriaBlock(), plain) == plain
    timed = plain | {"limit": 60, "individual": True}
    assert there_and_back(CriteriaBlock(), timed) == timed
    level = {"level": 2, "label": "Ready", "descriptor": "So."}
    assert there_and_back(RubricBlock(), level) == level
    assert there_and_back(RubricBlock(), level | {"enough": True}) == level | {"enough": True}


def test_the_level_that_is_enough_is_the_author_s_word_else_the_highest():
    def rule(**more):
        return Instrument("d", snapshot("portfolio", **more)).rule

    assert rule().enough is None
    assert rule(rubric=levels(3, 1, 2)).enough == 3
    assert rule(rubric=levels(1, 2, 3, enough=2)).enough == 2
    one, two = (Instrument("d", snapshot("portfolio", rubric=levels(1, 2, enough=n))).yardstick for n in (1, 2))
    assert one != two


def sheet(method, **more):
    """One printed form, with its words."""
    form = forms.form([Voice("en", snapshot(method, **more), [])])
    return BeautifulSoup(render_to_string("paper/form.html", {"form": form, "said": said(["en"])}), "html.parser")


def test_every_method_prints_its_own_sheet():
    timed = assessment_data()["criteria"]
    timed[0]["value"]["limit"] = 60
    assert "Seconds, at most 60" in sheet("skills_demonstration", criteria=timed).text
    assert "Seconds" not in sheet("skills_demonstration").text
    assert sheet("oral_response").select(".criteria td.seen")[0].text.count("Prompts") == 1
    scene = sheet("scenario").text
    assert "Card or role" in scene and "Paused" not in scene, "that somebody paused is written down nowhere"
    two = {"critical": "all", "raters": 2}
    portfolio = sheet("portfolio", passing=two)
    assert len(portfolio.select(".rater")) == 2 and portfolio.text.count("It is recent") == 2
    prior = sheet("prior_experience")
    rows = [row.th.text for row in prior.select(".signatures tbody tr") if row.th]
    assert rows == ["Supervisor", "Co-worker or steward", "Learner", "Assessor"]
    assert "Recognized" in prior.select_one(".result").text and "Competent" not in prior.select_one(".result").text
    log = sheet("worksite_sign_off", passing={"critical": "all", "raters": 2, "consecutive": 2}, rubric=levels(1, 2, 3))
    assert "Not for discipline" in log.text and len(log.select(".rater")) == 1
    assert [len(body.select("tr")) for body in log.select(".log tbody")] == [3, 3]
    assert [row.th.text for row in log.select(".signatures tbody tr")] == ["Learner", "Supervisor", "Mentor or steward"]


def test_a_team_is_marked_once_and_each_person_on_a_row():
    criteria = assessment_data()["criteria"]
    criteria[1]["value"]["individual"] = True
    team = sheet("team_project", criteria=criteria)
    assert len(team.select(".criteria tbody tr")) == 1
    assert [head.text for head in team.select(".signatures")[0].select("th")] == [
        "Name",
        "b",
        "What this person did",
        "Signature",
    ]


@pytest.mark.parametrize("method", sorted(UNGRADED))
def test_paper_that_nobody_collects_says_so_and_nobody_signs_it(method):
    paper = sheet(method)
    assert "collects" in paper.text and not paper.select(".signatures, .result, .criteria") and paper.select(".lines")


def test_the_editor_knows_which_fields_a_method_uses(client, cast, module):
    page = AssessmentPage.objects.descendant_of(module).first()
    client.force_login(cast["designer"])
    html = BeautifulSoup(client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content, "html.parser")
    told = {one["data-method"]: one for one in html.select("[data-methods] [data-method]")}
    assert list(told) == Method.values
    assert [method for method, one in told.items() if not one.has_attr("hidden")] == ["skills_demonstration"]
    assert "rubric" not in told["skills_demonstration"]["data-fields"].split()
    for method, one in told.items():
        assert one.has_attr("data-judged") == (method not in UNGRADED)
        for name in one["data-fields"].split():
            assert html.select(f'[data-contentpath="{name}"]') or name.startswith(("criteria.",)), name
    assert html.select("script[type=module][src*='editor-method.js']")
