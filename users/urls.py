from django.urls import path

from users.views.language import choose_language
from users.views.welcome import Welcome

urlpatterns = [
    path("welcome/<str:token>/", Welcome.as_view(), name="welcome"),
    path("language/<str:code>/", choose_language, name="choose_language"),
]
