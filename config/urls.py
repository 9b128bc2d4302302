"""Which app answers which address. Released pages answer before any of this, in their own middleware."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from config.drafts import draft_media, drafts_only
from users.views.accounts import OwnAccount
from users.views.email import OwnEmail

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    # First: a learner's lesson is asked for most, and every pattern before it takes its time.
    path("", include("courses.urls")),
    # Wagtail's own sign-in knows nothing of codes and second steps.
    path("admin/login/", to_sign_in),
    path("admin/account/", require_admin_access(OwnAccount.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/email/", OwnEmail.as_view()),
    path("accounts/", include("allauth.urls")),
    path("documents/", include(decorate_urlpatterns(wagtaildocs_urls.urlpatterns, drafts_only))),
    path("", include("users.urls")),
    path("", include("curriculum.urls")),
    path("", include("curriculum.review.urls")),
    path("", include("assessments.urls")),
    path("", include("home.urls")),
    # Last: /media/released/ is public and answered above.
    path("media/<path:path>", draft_media),
]
