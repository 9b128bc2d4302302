"""What one does with words that were said: reply, put one's own right, translate, answer, refer to the parties."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from curriculum.review import rewording, speaking
from curriculum.review.actions import Refused, answer_comment, correct, refer, reply, translate_words
from curriculum.review.actions.talking import reviewed_passage
from curriculum.review.margin import anchor_of_thread, compared
from curriculum.review.models import Entry
from curriculum.review.reading import title_of
from curriculum.review.speaking import CannotTalk
from curriculum.review.talk import Thread, conversation
from curriculum.review.views.access import find, for_readers
from curriculum.review.views.talk_forms import AnswerForm, CorrectForm, ReferForm, ReplyForm, TranslateForm
from curriculum.review.views.talking import METHODS, back_to, not_said


@dataclass(frozen=True)
class Act:
    """One thing to do with words: what the screen and its button say, and what is said when it is done."""

    title: object
    button: object
    done: object
    form: type
    do: Callable


ACTS = {
    "reply": Act(
        gettext_lazy("Reply"),
        gettext_lazy("Post this reply"),
        gettext_lazy("Your reply is in the record."),
        ReplyForm,
        lambda entry, **said: reply(comment=entry, **said),
    ),
    "correct": Act(
        gettext_lazy("Add a note that puts it right"),
        gettext_lazy("Post this note"),
        gettext_lazy("Your note is in the record, under your words."),
        CorrectForm,
        lambda entry, **said: correct(comment=entry, **said),
    ),
    "translate": Act(
        gettext_lazy("Translate these words"),
        gettext_lazy("Post this translation"),
        gettext_lazy("Your translation is in the record, with your name."),
        TranslateForm,
        lambda entry, **said: translate_words(entry=entry, **said),
    ),
    "answer": Act(
        pgettext_lazy("what one does", "Answer"),
        gettext_lazy("Post this answer"),
        gettext_lazy("Your answer is in the record. Whoever asked sees what became of it."),
        AnswerForm,
        lambda entry, **said: answer_comment(comment=entry, **said),
    ),
    "refer": Act(
        gettext_lazy("Refer to the parties"),
        gettext_lazy("Refer it to labor and management"),
        gettext_lazy("Both sides see it. It is not talked about here any more."),
        ReferForm,
        lambda entry, **said: refer(comment=entry, **said),
    ),
}


@require_http_methods(METHODS)
@for_readers
def act(request, uid, act, digest=""):
    """One act on one entry; GET asks, POST writes. Http404 for entries of other reviews and acts one may not do."""
    submission = find(request, uid)
    talk = conversation(submission)
    thread, entry = _find(talk, digest) if digest else (None, None)
    _check_offered(request, submission, act)
    home = reverse("review_room", args=[uid])
    extra = _answering(request, thread) if act == "answer" else _translating(entry) if act == "translate" else {}
    form = ACTS[act].form(request.POST or None, **extra.pop("form", {}))
    back = back_to(request, home)
    if request.method == "POST" and form.is_valid():
        try:
            ACTS[act].do(entry, submission=submission, by=request.user, **form.cleaned_data)
        except ValueError as refused:
            form.add_error("words", str(refused))
        except rewording.NotHere as refused:
            sentence = _("%(why)s Nothing was sent yet. Untick it, and change the draft in the editor.")
            form.add_error(None, sentence % {"why": refused})
        except (CannotTalk, Refused) as refused:
            return not_said(request, submission, refused, form.cleaned_data["words"], home)
        else:
            messages.success(request, ACTS[act].done)
            return redirect(f"{back}#{anchor_of_thread(thread)}" if thread else back)
    context = {
        "submission": submission,
        "sample": submission.sample,
        "title": title_of(submission),
        "act": ACTS[act],
        "form": form,
        "thread": thread,
        "entry": entry,
        "back": back,
        "home": home,
        **extra,
    }
    return render(request, "review/act.html", context, status=422 if form.errors else 200)


def _find(talk, digest) -> tuple[Thread, Entry]:
    for thread in talk.threads:
        for said in (thread.root, *thread.replies):
            for one in (said, *said.notes):
                if one.entry.digest == digest:
                    return thread, one.entry
    raise Http404


def _check_offered(request, submission, act) -> None:
    """People who may never do it do not find the screen; those who come too late are told so when they post."""
    if act == "answer":
        allowed = speaking.can_answer(request.user, submission)
    else:
        allowed = speaking.can_talk(request.user, submission)
    if not allowed and (request.method != "POST" or submission.outcome is None):
        raise Http404


def _answering(request, thread: Thread) -> dict:
    """The suggestion as a redline, whether it can go into the draft at once, and where the editor opens."""
    root = thread.root.entry
    passage = reviewed_passage(root)
    page = rewording.draft_page(thread.page, thread.reading) if thread.page else None
    why_not = ""
    try:
        rewording.check_can_reword(page, passage, request.user)
    except rewording.NotHere as reason:
        why_not = str(reason)
    suggestion = thread.root.suggestion
    return {
        "form": {"suggestion": suggestion, "can_put_in": not why_not},
        "redline": compared(passage.words, suggestion) if passage and suggestion else "",
        "why_not": why_not if thread.page else "",
        "editor_url": editor_url(page, thread.block),
    }


def editor_url(page, block: str) -> str:
    """Where the page editor opens at a block; empty where the draft is gone."""
    if page is None:
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) + (f"#block-{block}-section" if block else "")


def _translating(entry: Entry) -> dict:
    return {"form": {"source": entry.language}}
