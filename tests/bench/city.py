"""The city of the benchmark: 10,000 people, 2,000 sessions, accounts with open sessions."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

PEOPLE, SESSIONS, RACERS, SEATS = 10_000, 2_000, 200, 50
CSRF = "b" * 32


def build() -> None:
    """Migrate, load the demo with 10,000 people, add sessions up to 2,000. One table for the bare view."""
    from training.models import Programme, Session, SessionStatus

    call_command("migrate", verbosity=0)
    call_command("load_reference_defaults", verbosity=0)
    call_command("demo", employees=PEOPLE, verbosity=0)
    programmes = list(Programme.objects.all())
    missing = SESSIONS - Session.objects.count()
    start = timezone.localdate() + timedelta(days=30)
    Session.objects.bulk_create(
        Session(
            programme=programmes[n % len(programmes)],
            batch=50 + n,
            status=SessionStatus.PUBLISHED,
            start=start + timedelta(days=n % 200),
            end=start + timedelta(days=n % 200),
            quota=30,
            registration_closes=timezone.now() + timedelta(days=20),
        )
        for n in range(missing)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "create table bench_seat (id bigserial primary key, session_id bigint, user_id bigint, number int,"
            " seated boolean, unique (session_id, number))"
        )
        cursor.execute("analyze")


def accounts(count: int) -> list[Any]:
    """People with an account, made without passwords: their sessions are opened directly."""
    from asnportal.common.legal_status import bars_learning
    from asnportal.people.models import Employee, User

    free = Employee.objects.active().filter(user=None).exclude(rank=None).exclude(position=None)
    people = [p for p in free.select_related("unit")[: 2 * count] if not bars_learning(p.legal_status)][
        :count
    ]
    users = User.objects.bulk_create(User(username=person.nip, password="!") for person in people)
    for person, user in zip(people, users, strict=True):
        person.user = user
    Employee.objects.bulk_update(people, ["user"], batch_size=500)
    return list(User.objects.filter(pk__in=[user.pk for user in users]).select_related("employee"))


def cookie_of(user: Any) -> str:
    """The cookies of a signed-in browser: session and CSRF."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def plain_cookie_of(user: Any) -> str:
    """The same for the bare application, which knows only Django's own backend."""
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return f"sessionid={store.session_key}; csrftoken={CSRF}"


def race_programme() -> Any:
    """For every kind, group and rank, so that each condition of the eligibility list is looked at and kept."""
    from asnportal.people.models import Employee, Position, Rank
    from training.models import Programme

    form, provider = Programme.objects.values_list("form", "provider").order_by("pk")[0]
    lowest = {scale: Rank.objects.filter(scale=scale).order_by("order")[0] for scale in Rank.Scale.values}
    return Programme.objects.create(
        code="RACE",
        slug="pelatihan-rebutan-kursi",
        title="Pelatihan Rebutan Kursi",
        form_id=form,
        provider_id=provider,
        jp=4,
        eligible_kinds=Employee.Kind.values,
        eligible_groups=Position.Group.values,
        min_rank=lowest["pns"],
        min_rank_pppk=lowest["pppk"],
    )


def race_session() -> Any:
    """A session of 50 seats without approval, far from every other date."""
    from training.models import Programme, Session, SessionStatus

    programme = Programme.objects.filter(code="RACE").first() or race_programme()
    day = timezone.localdate() + timedelta(days=900 + Session.objects.count() % 500)
    return Session.objects.create(
        programme=programme,
        batch=Session.objects.count() + 1,
        status=SessionStatus.PUBLISHED,
        start=day,
        end=day,
        quota=SEATS,
        approval=Session.Approval.NONE,
        registration_closes=timezone.now() + timedelta(days=20),
    )
