"""From the database to the pure functions of IP ASN: facts of one or many people, and the stored simulation."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from asnportal.people.models import Employee
from competency.models import IndexRule
from competency.queries import index as query
from competency.services.index import Facts, Learnt, Penalty, Rules, degree_of


def rules_of(rule: IndexRule) -> Rules:
    return Rules(rule.code, rule.legal_basis, rule.tables)


def facts_of(employees: Collection[Employee], rule: IndexRule, on: date) -> Mapping[int, Facts]:
    """By employee id, in three statements. Bring people with their position."""
    people = [one.pk for one in employees]
    learnt = query.learnt_lines(people, rule, on)
    rated, punished = query.ratings(people, on), query.penalties(people)
    return {
        one.pk: Facts(
            kind=one.kind,
            group=one.position.kind if one.position else "",
            post=one.position.name if one.position else "",
            rank_of_post=one.position.level if one.position else "",
            education=degree_of(one.education),
            learnt=[
                Learnt(form or "", Decimal(str(jp)), day, title)
                for form, jp, day, title in learnt.get(one.pk, ())
            ],
            predicate=rated.get(one.pk, (None, None))[0],
            predicate_year=rated.get(one.pk, (None, None))[1],
            penalties=[Penalty(grade, day) for grade, day in punished.get(one.pk, ())],
        )
        for one in employees
    }
