from django.conf import settings
from django.urls import include, path

from home.views import demo, desk, first_run, invitations, story

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("healthz", desk.healthz, name="healthz"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<int:pk>/renew/", invitations.renew, name="renew_invitation"),
    path("first-run/<str:token>/", first_run.Center.as_view(), name="first_run"),
    path("first-run/<str:token>/people/", first_run.People.as_view(), name="first_run_people"),
    path("first-run/<str:token>/start/", first_run.Start.as_view(), name="first_run_start"),
    path("demo/", demo.demo, name="demo"),
    path("demo/enter/<str:username>/", demo.enter, name="demo_enter"),
    path("demo/story/", story.story, name="demo_story"),
    path("demo/story/<str:move>/", story.tell, name="demo_story_move"),
]

if settings.DEBUG:
    urlpatterns.append(path("", include("home.gallery")))
