"""Assessments, a group and sheets for tests, made without any course: this floor knows none."""

import json
import uuid
from dataclasses import replace
from types import SimpleNamespace

from assessments import groups
from assessments.actions import trying
from assessments.actions.trying import Said, Signed
from curriculum.enums import FrozenKind
from curriculum.models import Frozen
from users import learners

NURSE = Signed("Paula Preceptor", "Preceptor", "Sample County Hospital", "Paramedic", "P-000")


def assessment(
    title="Stop the bleeding", *, method="skills_demonstration", criteria="A b c", stops=(), rubric=(), **more
):
    """An assessment frozen as it is in an agreed text; a capital letter is a critical point. Gives its fingerprint."""
    passing = {"critical": "all", "others": "0.5", **more.pop("passing", {})}
    uid = more.pop("uid", None) or str(uuid.uuid5(uuid.NAMESPACE_OID, title))
    data = {
        "kind": "assessment",
        "format": 1,
        "uid": uid,
        "language": "en",
        "title": title,
        "method": method,
        "graded": True,
        "passing": passing,
        "criteria": [
            {
                "id": point(letter),
                "value": {"code": letter.lower(), "text": f"Does {letter}", "critical": letter.isupper()},
            }
            for letter in criteria.split()
        ],
        "critical_failures": [{"id": one, "value": one} for one in stops],
        "rubric": [
            {"id": f"level-{number}", "value": {"level": number, "label": name, "descriptor": name}}
            for number, name in enumerate(rubric, 1)
        ],
        **more,
    }
    return Frozen.objects.keep(FrozenKind.SNAPSHOT, json.dumps(data, sort_keys=True).encode()).digest


def point(letter):
    return f"point-{letter.lower()}"


def pinned(digest):
    data = Frozen.objects.get(pk=digest).content
    digests, titles = {data["language"]: digest}, {data["language"]: data["title"]}
    return groups.Pinned(data["uid"], data["method"], titles, digests, str(uuid.UUID(int=7)), "e" * 64, "r" * 64)


class Cohort:
    """A group of learners with its assessors; `sheet` lets somebody say what they saw."""

    def __init__(self, cast, *digests):
        self.uid = uuid.uuid4()
        self.cast = cast
        self.learners = {name: learners.new_learner(name=name) for name in ("Rosa", "Terrence", "Kim")}
        self.group = groups.Group(
            uid=self.uid,
            title="Evening group",
            assessors=frozenset(cast[one].person_id for one in ("instructor1", "assessor1", "assessor2")),
            leads=frozenset({cast["instructor1"].person_id}),
            learners=frozenset(one.pk for one in self.learners.values()),
            pages={one.uid: one for one in map(pinned, digests)},
        )

    def add(self, digest):
        """One more assessment in the group's text."""
        one = pinned(digest)
        self.group = replace(self.group, pages=self.group.pages | {one.uid: one})
        return digest

    def ask(self, uid):
        return self.group if uid == self.uid else None

    def said(self, digest, name="Rosa", marks="a b c", number=1, **more):
        """Points in `marks` are met, the others of the assessment are not, and something is noted of each of those."""
        data = Frozen.objects.get(pk=digest).content
        met = {point(letter) for letter in marks.split()} if isinstance(marks, str) else None
        found = {one["id"]: one["id"] in met for one in data["criteria"]} if met is not None else marks
        told = {
            "uid": uuid.uuid4(),
            "learner": self.learners[name].pk,
            "digest": digest,
            "number": number,
            "marks": found,
            "notes": {one: "The strap was loose." for one, value in found.items() if value is False},
        }
        return Said(**(told | more))

    def sheet(self, digest, by="assessor1", **more):
        return trying.take(group_uid=self.uid, by=self.cast[by], said=self.said(digest, **more))

    def signed(self, digest, name="Rosa", signed=NURSE, **more):
        said = self.said(digest, name, **more)
        return trying.take_signed(group_uid=self.uid, learner=self.learners[name], said=said, signed=signed)


def request(user=None, learner=None):
    """Whoever asks, as permissions read it."""
    return SimpleNamespace(user=user, learner=learner)
