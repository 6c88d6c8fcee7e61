from asnportal.people.models.activation import ActivationCode
from asnportal.people.models.employee import Employee
from asnportal.people.models.holiday import Holiday
from asnportal.people.models.position import Position, Rank
from asnportal.people.models.unit import Unit, UnitHead
from asnportal.people.models.user import RoleGrant, User

__all__ = [
    "ActivationCode",
    "Employee",
    "Holiday",
    "Position",
    "Rank",
    "RoleGrant",
    "Unit",
    "UnitHead",
    "User",
]
