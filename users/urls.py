from django.urls import path

from users.views.language import choose_language
from users.views.ways_in import ByCode, ByLink
from users.views.welcome import Welcome

urlpatterns = [
    path("welcome/<str:token>/", Welcome.as_view(), name="welcome"),
    path("in/", ByCode.as_view(), name="way_in_code"),
    path("in/<str:token>/", ByLink.as_view(), name="way_in"),
    path("language/<str:code>/", choose_language, name="choose_language"),
]
