"""Small real content, made through the same codec that import uses."""

from assessments.models import AssessmentPage
from curriculum.editions.portable import load
from curriculum.models import CurriculumPage, LessonPage, ModulePage
from curriculum.review.actions import sign, submit
from curriculum.review.proposal import Proposal
from curriculum.shelves import shelf


def text(id_, words):
    """A text block."""
    return {"id": f"00000000-0000-4000-8000-{id_:012d}", "type": "text", "value": f"<p>{words}</p>"}


def save(page, by):
    """Save a draft as the editor does: the row, a revision and a log entry."""
    page.save()
    page.save_revision(user=by, log_action=True)
    return page


def add(parent, page, data, by):
    """A new page below `parent` with the content of `data`."""
    page.locale = parent.locale
    load(page, data)
    if not page.slug:
        page.slug = data["code"].lower()
    parent.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create")
    return page


def lesson_data(code="T1.1", language="en", words="Wear gloves.", **more):
    """A lesson of two blocks in portable form."""
    return {
        "kind": "lesson",
        "language": language,
        "slug": code.lower().replace(".", "-") if language == "en" else "",
        "title": f"Lesson {code}" if language == "en" else f"Lección {code}",
        "code": code,
        "objective": "Put on gloves." if language == "en" else "Ponerse guantes.",
        "hours": {"classroom": "1.5"},
        "minutes": 5,
        "body": [
            text(1, words),
            text(2, "The second paragraph." if language == "en" else "El segundo párrafo."),
        ],
        **more,
    }


def make_module(by, code="T1", shelf_slug="tests"):
    """A module with two lessons (the first also in Spanish) and one assessment (both languages)."""
    module = add(
        shelf(shelf_slug, "Tests"),
        ModulePage(),
        {"kind": "module", "language": "en", "slug": code.lower(), "title": f"Module {code}", "code": code},
        by,
    )
    spanish = add(
        shelf(shelf_slug, "Tests", "es"),
        ModulePage(translation_key=module.translation_key, slug=code.lower()),
        {"kind": "module", "language": "es", "title": f"Módulo {code}", "code": code},
        by,
    )
    first = add(module, LessonPage(), lesson_data(f"{code}.1"), by)
    add(
        spanish,
        LessonPage(translation_key=first.translation_key, slug=first.slug),
        lesson_data(f"{code}.1", "es", "Use guantes."),
        by,
    )
    add(module, LessonPage(), lesson_data(f"{code}.2", words="Take off gloves."), by)
    add(module, AssessmentPage(), assessment_data(), by)
    return module


def assessment_data(language="en"):
    """A skills demonstration with one critical criterion."""
    return {
        "kind": "assessment",
        "language": language,
        "slug": "glove-check" if language == "en" else "",
        "title": "Glove check" if language == "en" else "Revisión de guantes",
        "method": "skills_demonstration",
        "graded": True,
        "passing": {"critical": "all", "others": "0.8", "consecutive": 2, "raters": 1},
        "evidence": ["observation"],
        "criteria": [
            {
                "id": "00000000-0000-4000-8000-00000000000a",
                "value": {"code": "a", "text": "Wears gloves", "critical": True},
            },
            {"id": "00000000-0000-4000-8000-00000000000b", "value": {"code": "b", "text": "Says why"}},
        ],
    }


def make_curriculum(module, by, code="TST"):
    """A curriculum of one module."""
    return add(
        module.get_parent().specific,
        CurriculumPage(),
        {
            "kind": "curriculum",
            "language": "en",
            "slug": code.lower(),
            "title": f"Curriculum {code}",
            "code": code,
            "modules": [{"id": "00000000-0000-4000-8000-0000000000c1", "value": {"module": module.uid}}],
        },
        by,
    )


def agree(submission, *people):
    """Everybody named agrees."""
    for person in people:
        sign(submission=submission, by=person, position="support", digest=submission.digest)


def release(curriculum, cast):
    """Take a curriculum with its modules through both keys: the first release."""
    submission = submit(page=curriculum, by=cast["designer"], proposal=Proposal(note="First course text."))
    agree(submission, cast["labor1"], cast["management1"])
    return submission


def change(page, words, by, block=0):
    """Change the words of one text block of a lesson's draft, as a designer would."""
    page = type(page).objects.get(pk=page.pk)
    raw = page.body.get_prep_value()
    raw[block]["value"] = f"<p>{words}</p>"
    page.body = page.body.stream_block.to_python(raw)
    return save(page, by)
