"""Whether a person may do something, as the services see it.

Not the tag of django-rules: that one asks ``user.has_perm``, which lets a superuser pass everything, so the
technical admin would see buttons that refuse him.
"""

from typing import Any

import rules
from django import template

register = template.Library()


@register.simple_tag
def has_perm(permission: str, user: Any, thing: Any = None) -> bool:
    return bool(rules.has_perm(permission, user, thing))
