"""For machines: is the process alive, and can it serve?"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from redis import Redis, RedisError


@login_not_required
@never_cache
@require_GET
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers; asks nobody else."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_GET
def ready(request: HttpRequest) -> JsonResponse:
    """200 if the database and, where one is used, Redis answer; else 503 and which of them does not."""
    answers = {"database": _database_answers()}
    if settings.REDIS_URL:
        answers["redis"] = _redis_answers()
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as redis:
            return bool(redis.ping())
    except (RedisError, OSError):
        return False
