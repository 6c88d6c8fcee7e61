"""Every template compiles, with the components and tags it uses."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asnportal.settings")


def broken() -> list[str]:
    import django
    from django.template import TemplateDoesNotExist, TemplateSyntaxError
    from django.template.loader import get_template

    django.setup()
    found = []
    for path in sorted((ROOT / "templates").rglob("*.*")):
        name = str(path.relative_to(ROOT / "templates"))
        try:
            get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            found.append(f"{name}: {error}")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(broken()) or 0)
