from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from home.demo.switch import demo_is_on
from home.desks import desks_of


@never_cache
def desk(request):
    """Where one lands after signing in: the place of one's role."""
    if request.user.is_authenticated:
        return redirect(desks_of(request.user)[0].url)
    return redirect("demo") if demo_is_on() else redirect_to_login(request.get_full_path())


@never_cache
def healthz(request):
    """For whatever watches the server: 200 when it and its database answer. Writes nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
