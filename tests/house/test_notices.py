"""Every mail of the house has a key that names its purpose and its cause, and one way out (R11, R13)."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

HOUSE = Path(settings.BASE_DIR)
APPS = ("asnportal", "competency", "training", "partners")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for path in (HOUSE / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield str(path.relative_to(HOUSE)), ast.parse(path.read_text())


def called(node: ast.AST) -> str:
    """The last word of what is called: "Notice", "create", "" for anything else."""
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "id", "") or getattr(function, "attr", "")


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in names:
                yield path, node


def keys() -> Iterator[tuple[str, ast.expr | None]]:
    for path, node in calls("Notice"):
        if any(word.arg is None for word in node.keywords):  # Notice(**fields): its callers give the key
            continue
        yield path, next((word.value for word in node.keywords if word.arg == "key"), None)


def purpose(key: ast.expr | None) -> str:
    """The words of an f-string before its first colon."""
    first = key.values[0] if isinstance(key, ast.JoinedStr) else None
    return str(first.value).partition(":")[0] if isinstance(first, ast.Constant) else ""


def test_every_notice_is_given_a_key_made_from_its_cause():
    made = list(keys())
    assert len(made) >= 12
    fixed = {path for path, key in made if key is None or isinstance(key, ast.Constant)}
    assert fixed == set(), "a key without its cause lets the second person's mail be swallowed"


def test_no_two_notices_share_a_purpose():
    purposes = Counter(name for _path, key in keys() if (name := purpose(key)))
    assert {name for name, count in purposes.items() if count > 1} == set()


def test_notices_are_posted_by_the_outbox_and_mailed_by_one_postman():
    rows = {path for path, _node in calls("Message")}
    assert rows == {"asnportal/notifications/services/outbox.py"}
    mails = {
        path
        for path, _node in calls("EmailMessage", "EmailMultiAlternatives", "send_mass_mail", "mail_admins")
    }
    assert mails == {"asnportal/notifications/services/mail.py"}


def test_the_database_refuses_a_second_message_with_the_same_key():
    from asnportal.notifications.models import Message

    assert Message._meta.get_field("key").unique
