"""Competencies at full size: the profile of a post that asks for everything, and the index of the whole city."""

import json
import time
from typing import Any

CHUNK = 500


def profile_page() -> dict[str, Any]:
    """Kompetensi saya of somebody whose post asks for the whole dictionary, a third of it not reached."""
    from django.test import Client
    from django.utils import timezone

    from asnportal.people.models import Employee
    from competency.models import Assessment, Competency, Method, Standard, StandardItem
    from tests.bench.pages import measure

    today = timezone.localdate()
    person = Employee.objects.active().exclude(user=None).exclude(position=None)[0]
    standard = Standard.objects.create(position=person.position, valid_from=today, legal_basis="Benchmark")
    dictionary = list(Competency.objects.order_by("code"))
    StandardItem.objects.bulk_create(
        StandardItem(standard=standard, competency=one, level=3) for one in dictionary
    )
    Assessment.objects.filter(employee=person).delete()
    Assessment.objects.bulk_create(
        Assessment(employee=person, competency=one, method=Method.CENTRE, level=2 + number % 3, day=today)
        for number, one in enumerate(dictionary)
    )
    client = Client()
    client.force_login(person.user)
    page = measure(client, "/kompetensi/")
    return {"competencies": len(dictionary), "statements": page.statements, "cpu_ms": page.cpu_ms}


def index_of_all() -> dict[str, Any]:
    """The simulation of IP ASN of everybody, facts and points, in portions as the nightly batch has them."""
    from django.utils import timezone

    from asnportal.people.models import Employee
    from competency.queries.index import rule_on
    from competency.services.index import score
    from competency.services.index_facts import facts_of, rules_of

    today = timezone.localdate()
    rule = rule_on(today)
    assert rule is not None
    rules, began, people = rules_of(rule), time.process_time(), 0
    for portion in portions(Employee.objects.active().select_related("position").order_by("pk")):
        for facts in facts_of(portion, rule, today).values():
            score(facts, rules, today)
        people += len(portion)
    return {"people": people, "cpu_s": round(time.process_time() - began, 2)}


def results_of_all(people: int) -> float:
    """CPU seconds of one pass of the batch over this many people: gaps, JP and index, read, computed and stored."""
    from django.utils import timezone

    from competency.queries import result as query
    from competency.services import result as service

    today, began, last, left = timezone.localdate(), time.process_time(), 0, people
    while left > 0 and (part := query.portion(last, min(service.PORTION, left))):
        service.write(part, today)
        last, left = part[-1].pk, left - len(part)
    return round(time.process_time() - began, 2)


def portions(people: Any) -> Any:
    last = 0
    while portion := list(people.filter(pk__gt=last)[:CHUNK]):
        yield portion
        last = portion[-1].pk


def main() -> None:
    import django

    django.setup()
    index = index_of_all()
    results = {"cpu_s_1000": results_of_all(1_000), "cpu_s": results_of_all(index["people"])}
    print(json.dumps({"profile": profile_page(), "index": index, "results": results}))  # noqa: T201


if __name__ == "__main__":
    main()
