"""Addresses of review: the desk, the room, sending, and the designer's desk."""

from django.urls import path, re_path

from curriculum.review.views import answer, desk, media, newer, record, room, send, small_fixes, write

urlpatterns = [
    path("review/", desk.desk, name="review_desk"),
    path("review/small-fixes/", small_fixes.small_fixes, name="review_small_fixes"),
    re_path(r"^review/media/(?P<digest>[0-9a-f]{64})\.(?P<ext>[a-z0-9]{1,5})$", media.media, name="review_media"),
    path("review/<uuid:uid>/", room.room, name="review_room"),
    path("review/<uuid:uid>/answer/", answer.answer, name="review_answer"),
    path("review/<uuid:uid>/newer/", newer.newer, name="review_newer"),
    path("review/<uuid:uid>/take-back/", newer.take_back, name="review_take_back"),
    path("review/<uuid:uid>/record/", record.record, name="review_record"),
    path("review/<uuid:uid>/record.json", record.record_file, name="review_record_file"),
    path("review/<uuid:uid>/<uuid:page_uid>/", room.page, name="review_page"),
    path("send/<int:pk>/", send.send, name="send"),
    path("write/", write.write, name="write"),
]
