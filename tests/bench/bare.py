"""A bare Django beside ours: the same database, five middlewares, the least code that does the same reading and
writing. It knows no language, no theme, no menu and no rule."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

STATEMENTS = int(os.environ.get("BENCH_STATEMENTS", "8"))

if not settings.configured:
    import environ

    env = environ.Env()
    settings.configure(
        SECRET_KEY=os.environ.get(
            "SECRET_KEY", "kunci-peraga-yang-tidak-boleh-dipakai-sungguhan-tepian-belajar"
        ),
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": env.db_url("DATABASE_URL") | {"CONN_MAX_AGE": 60}},
        CACHES={
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": os.environ["REDIS_URL"],
                "KEY_PREFIX": "tp",
            }
        },
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "simple_history",
            "asnportal.audit",
            "asnportal.people",
            "competency",
            "training",
        ],
        AUTH_USER_MODEL="people.User",
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        SESSION_ENGINE="django.contrib.sessions.backends.db",
        ROOT_URLCONF="tests.bench.bare",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        USE_TZ=True,
        TIME_ZONE="Asia/Makassar",
        USE_I18N=False,
    )
    django.setup()

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from training.models import Enrolment, Programme, Session

PAGE = Engine().from_string(
    "<html><head><title>Katalog</title></head><body><h1>Katalog</h1><p>{{ total }}</p><ul>{% for p in rows %}"
    '<li><a href="/katalog/{{ p.slug }}/">{{ p.title }}</a> {{ p.form.name }} {{ p.provider.name }} {{ p.jp }} JP '
    "{{ p.mode }} {{ p.start }} {{ p.end }} {{ p.left }}</li>{% endfor %}</ul></body></html>"
)


def catalogue(request: HttpRequest) -> HttpResponse:
    """Thirty rows with the number of statements of ours: session, user, the page, its count, own enrolments, fill."""
    user = request.user
    rows = list(
        Programme.objects.filter(is_active=True).select_related("form", "provider").order_by("title")[:30]
    )
    sessions = {s.programme_id: s for s in Session.objects.filter(programme__in=rows, status="published")}
    for row in rows:
        session = sessions.get(row.pk)
        row.start, row.end = (session.start, session.end) if session else ("", "")
        row.left = session.quota - session.confirmed_count if session else ""
    total = Programme.objects.filter(is_active=True).count()
    list(Enrolment.objects.filter(employee__user_id=user.pk).values_list("session_id", "status"))
    for _ in range(STATEMENTS - 6):
        user.role_grants.count()
    return HttpResponse(PAGE.render(Context({"rows": rows, "total": total})))


def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock the session, insert a row: a seat, or a place in the queue."""
    with transaction.atomic():
        session = Session.objects.select_for_update().get(pk=pk)
        seated = session.confirmed_count < session.quota
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into bench_seat (session_id, user_id, number, seated) values (%s, %s, %s, %s)",
                [pk, request.user.pk, session.next_number, seated],
            )
        session.next_number += 1
        session.confirmed_count += seated
        session.save(update_fields=["next_number", "confirmed_count"])
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [path("katalog/", catalogue), path("ambil/<int:pk>/", take)]
application = get_wsgi_application()
