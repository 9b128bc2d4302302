"""Addresses of what could hurt someone, of corrections, and of agreements that run out."""

from django.urls import path

from curriculum.review.views import correcting, hurt, looking_again, renewing

urlpatterns = [
    path("hurt/", hurt.hurt, name="hurt"),
    path("hurt/<uuid:uid>/", hurt.report, name="hurt_report"),
    path("hurt/<uuid:uid>/warn/", hurt.warn, name="hurt_warn"),
    path("hurt/<uuid:uid>/close/", hurt.close, name="hurt_close"),
    path("hurt/<uuid:uid>/correct/", correcting.correct, name="hurt_correct"),
    path("hurt/notice/<uuid:uid>/take-away/", hurt.take_away, name="notice_take_away"),
    path("review/<uuid:uid>/tried/", correcting.tried, name="review_tried"),
    path("review/<uuid:uid>/not-reached/", correcting.stand_in, name="review_not_reached"),
    path("review/<uuid:uid>/learned/", correcting.learned, name="review_learned"),
    path("review/<uuid:uid>/drop/", correcting.drop, name="review_drop"),
    path("review/renew/", renewing.renewals, name="review_renewals"),
    path("review/renew/<uuid:uid>/", renewing.renew, name="review_renew"),
    path("review/impact/", looking_again.impact, name="review_impact"),
    path("review/look-again/", looking_again.look_again, name="review_look_again"),
    path("review/look-again/<uuid:uid>/", looking_again.settle, name="review_look_again_done"),
]
