"""Writing down where an agreed release is read, so that nobody has to open frozen bytes to find a page."""

from collections.abc import Iterable

from courses.delivery import addresses, hours
from courses.delivery.layout import Layout
from courses.delivery.models import AgreedPart, ReleaseOutline
from curriculum.editions import media
from curriculum.enums import FrozenKind
from curriculum.review.models import Decision


def keep_outline(decision: Decision, layout: Layout) -> ReleaseOutline:
    """The outline of an approved release, made or made anew. Call it inside the transaction of the decision."""
    row, _made = ReleaseOutline.objects.update_or_create(
        decision=decision,
        defaults={
            "slug": _free_slug(decision, layout.curriculum.page.source.get("slug") or layout.curriculum.page.uid),
            "languages": list(layout.languages),
            "pages": {
                place.path: {language: data["title"] for language, data in place.page.versions.items()}
                for place in layout.places
            },
            "card": {language: _card(layout, language) for language in layout.languages},
            "media": sorted(media.released_name(digest, words["ext"]) for digest, words in media_of(layout).items()),
        },
    )
    return row


def media_of(layout: Layout) -> dict[str, dict]:
    """Every file that any page of a release shows, in any language: {digest: media words}."""
    found = {}
    for place in layout.places:
        for snapshot in place.page.versions.values():
            found |= media.media_in(snapshot)
    return found


def keep_parts(decisions: Iterable[Decision]) -> None:
    """Remember which pages approved editions and releases hold."""
    AgreedPart.objects.bulk_create(
        [
            AgreedPart(digest=digest, decision=decision)
            for decision in decisions
            if decision.kind in (FrozenKind.EDITION, FrozenKind.RELEASE)
            for digest in sorted({reference["digest"] for reference in decision.frozen.content["snapshots"]})
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _card(layout: Layout, language: str) -> dict:
    """What the list of courses shows of a curriculum."""
    snapshot, translated = layout.curriculum.page.in_language(language)
    total = hours.together(hours.of_edition(edition) for edition in layout.release.editions)
    return {
        "code": snapshot.get("code", ""),
        "title": snapshot["title"],
        "summary": snapshot.get("summary", ""),
        "job": snapshot.get("job_classification", ""),
        "hours": hours.told(total),
        "labels": [],
        "languages": [{"code": code, "name": addresses.language_name(code)} for code in layout.languages],
        "translated": translated,
    }


def _free_slug(decision: Decision, wanted: str) -> str:
    """`wanted`, or with a number where another curriculum ever had it."""
    others = ReleaseOutline.objects.exclude(decision__subject_uid=decision.subject_uid)
    taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
