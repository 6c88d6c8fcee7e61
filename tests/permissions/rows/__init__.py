"""All rows, one file per app so that two people seldom edit the same one."""

from tests.permissions.matrix import Row
from tests.permissions.rows import (
    certificate,
    city_plan,
    competency,
    enrolment,
    home,
    intake,
    notifications,
    partners,
    people,
    training,
)

ROWS: list[Row] = [
    *home.ROWS,
    *people.ROWS,
    *notifications.ROWS,
    *competency.ROWS,
    *intake.ROWS,
    *training.ROWS,
    *enrolment.ROWS,
    *certificate.ROWS,
    *city_plan.ROWS,
    *partners.ROWS,
]
