import pytest
from django.test import Client, override_settings


def test_alive_asks_nobody(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@override_settings(REDIS_URL="")
def test_ready_where_no_redis_is_used(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True})


@pytest.mark.django_db
def test_R07_ready_says_which_of_them_does_not_answer(client: Client, tmp_path: object) -> None:
    with override_settings(REDIS_URL=f"unix://{tmp_path}/nobody.sock"):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "redis": False})


@pytest.mark.services
@pytest.mark.django_db
def test_ready_with_both(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "redis": True})
