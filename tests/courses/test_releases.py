"""Every course text keeps its own address, for ever."""

from django.core.management import call_command

from courses.delivery import paths
from courses.delivery.models import ReleaseOutline
from curriculum.models import CurriculumPage
from curriculum.review import queries
from curriculum.review.actions import submit
from curriculum.review.proposal import Proposal
from curriculum.shelves import shelf
from tests.courses.reading import label_of, next_release, page
from tests.factories import agree, make_curriculum, release, save


def test_an_older_course_text_still_says_what_was_agreed(client, released, module, curriculum, cast, committed):
    old, new = label_of(released), label_of(committed(next_release, module, curriculum, cast))
    lesson = page(client, f"/curricula/tst/releases/{old}/t1/t1-1/")
    assert "Wear gloves." in lesson.text and "Wear clean gloves." not in lesson.text
    banner = lesson.select_one(".banner-older")
    assert old in banner.text and banner.a["href"] == "/curricula/tst/t1/t1-1/"
    inside = {link["href"] for link in lesson.select("a[href*='/curricula/']") if link not in banner.select("a")}
    assert inside and all("/curricula/tst/releases/" + old in href for href in inside)
    assert "Wear clean gloves." in page(client, f"/curricula/tst/releases/{new}/t1/t1-1/").text


def test_search_engines_are_sent_to_the_current_text(client, released, module, curriculum, cast, committed):
    old, new = label_of(released), label_of(committed(next_release, module, curriculum, cast))
    for label in (old, new):
        response = client.get(f"/es/curricula/tst/releases/{label}/t1/t1-1/")
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Link"] == '</es/curricula/tst/t1/t1-1/>; rel="canonical"'
        assert (b"banner-older" in response.content) == (label == old)
    assert "X-Robots-Tag" not in client.get("/curricula/tst/t1/t1-1/").headers


def test_an_older_page_that_was_read_costs_no_query(
    client, released, module, curriculum, cast, committed, django_assert_num_queries
):
    committed(next_release, module, curriculum, cast)
    url = f"/curricula/tst/releases/{label_of(released)}/"
    client.get(url)
    with django_assert_num_queries(0):
        assert client.get(url).status_code == 200
    assert client.get(url.rstrip("/")).headers["Location"] == url


def test_a_page_that_is_gone_from_the_current_text_leads_to_the_course(
    client, released, module, curriculum, cast, committed
):
    module.get_children().get(slug="glove-check").delete()
    new = submit(page=module, by=cast["designer"], proposal=Proposal(note="Shorter.", releases=(curriculum.uid,)))
    committed(agree, new, cast["labor1"], cast["management1"])
    assert client.get("/curricula/tst/t1/glove-check/").status_code == 404
    old = page(client, f"/curricula/tst/releases/{label_of(released)}/t1/glove-check/")
    assert old.select_one(".banner-older a")["href"] == "/curricula/tst/"


def test_a_new_name_moves_the_course_and_leaves_older_texts_where_they_were(
    client, released, curriculum, cast, committed
):
    renamed = CurriculumPage.objects.get(pk=curriculum.pk)
    renamed.slug = "renamed"
    save(renamed, cast["designer"])
    new = submit(page=renamed, by=cast["designer"], proposal=Proposal(note="A better name."))
    committed(agree, new, cast["labor1"], cast["management1"])
    paths.current.forget()
    assert page(client, "/curricula/renamed/t1/t1-1/") and client.get("/curricula/tst/").status_code == 404
    old = page(client, f"/curricula/tst/releases/{label_of(released)}/t1/")
    assert old.select_one(".banner-older a")["href"] == "/curricula/renamed/t1/"


def test_two_curricula_never_share_an_address(client, released, module, cast, committed):
    other = make_curriculum(module, cast["designer"], code="TST2")
    other.move(shelf("others", "Others"), pos="last-child")
    other = CurriculumPage.objects.get(pk=other.pk)
    other.slug = "tst"
    save(other, cast["designer"])
    committed(release, other, cast)
    paths.current.forget()
    assert page(client, "/curricula/tst/").h1.text == "Curriculum TST"
    assert page(client, "/curricula/tst-2/").h1.text == "Curriculum TST2"


def test_an_outline_that_was_lost_is_written_down_again(client, released):
    ReleaseOutline.objects.all().delete()
    paths.current.forget()
    assert page(client, "/curricula/tst/t1/t1-1/").h1.text == "Lesson T1.1"


def test_an_outline_that_promises_too_much_leads_to_the_page_that_helps(client, released):
    outline = ReleaseOutline.objects.get()
    outline.pages["t1/never-was/"] = {"en": "Never was"}
    outline.save()
    paths.current.forget()
    assert client.get("/curricula/tst/t1/never-was/").status_code == 404
    assert client.get(f"/curricula/tst/releases/{label_of(released)}/t1/never-was/").status_code == 404


def test_render_makes_everything_anew(client, released, module, curriculum, cast, committed, capsys):
    committed(next_release, module, curriculum, cast)
    call_command("render")
    assert "0 pages rendered" in capsys.readouterr().out
    call_command("render", "--all")
    said = capsys.readouterr().out
    assert f"tst {label_of(released)}: 10 pages rendered" in said
    assert f"tst {queries.current_release(curriculum.uid).label}: 10 pages rendered" in said
    assert "Current course texts: 1." in said
