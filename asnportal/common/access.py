"""Two words for views: what is not granted is 403, what is out of scope is 404."""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied


def require(user: Any, permission: str, thing: Any = None) -> None:
    """Raise PermissionDenied (403) unless the rule grants it."""
    if not rules.has_perm(permission, user, thing):
        raise PermissionDenied
