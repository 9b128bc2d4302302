"""Saying and following stand below each language; what is done about it has no language of its own."""

from django.conf import settings
from django.urls import path

from courses.delivery import addresses
from courses.voice import desk, public


def _in(language):
    below = addresses.voice(language).removeprefix("/")
    told = {"language": language}
    return [
        path(below, public.voice, told),
        path(f"{below}follow/", public.follow, told),
        path(f"{below}follow/back/", public.take_back, told),
    ]


urlpatterns = [
    *(pattern for code, _name in settings.LANGUAGES for pattern in _in(code)),
    path("voices/", desk.triage, name="voices"),
    path("voices/heard/", desk.heard, name="voices_heard"),
    path("voices/<uuid:uid>/", desk.item, name="voice_item"),
    path("voices/<uuid:uid>/read/", desk.acknowledge, name="voice_acknowledge"),
    path("voices/<uuid:uid>/answer/", desk.answer, name="voice_answer"),
    path("voices/<uuid:uid>/recording/", desk.recording, name="voice_recording"),
    path("voices/<uuid:uid>/written/", desk.write_down, name="voice_write_down"),
    path("voices/<uuid:uid>/cleared/", desk.clear, name="voice_clear"),
    path("voices/<uuid:uid>/cleared/look/", desk.look, name="voice_look"),
    path("voices/<uuid:uid>/tie/", desk.tie, name="voice_tie"),
    path("voices/<uuid:uid>/untie/", desk.untie, name="voice_untie"),
]
