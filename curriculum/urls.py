"""Addresses of drafts: files for previews."""

from django.urls import path

from curriculum.views.media import draft_media

urlpatterns = [
    path("drafts/<str:name>", draft_media, name="draft_media"),
]
