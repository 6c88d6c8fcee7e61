"""Names and places: what ``ls`` shows is what docs/architecture.md promises."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAYS_NOTHING = {"utils", "util", "helpers", "mixins", "managers", "signals", "constants", "misc"}
TOP = {
    *("README.md", "Makefile", "pyproject.toml", "manage.py", "Dockerfile", "docker-compose.yml"),
    *("requirements.in", "requirements.lock", "requirements-dev.in", "requirements-dev.lock"),
    *(".ci", ".dockerignore", ".editorconfig", ".env.example", ".gitignore", ".pre-commit-config.yaml"),
    *("asnportal", "competency", "training", "partners"),
    *("templates", "static", "locale", "tests", "docs"),
}
ADDRESS = re.compile(r"https?://[^\s\"]+/(simple|packages)/|\.tgz\"")


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:  # an unpacked archive, no repository
        return [p.relative_to(ROOT) for p in ROOT.rglob("*.py") if ".venv" not in p.parts]
    return [Path(line) for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def complaints(files: list[Path]) -> list[str]:
    found = [
        f"{name}: not a place of docs/architecture.md" for name in sorted({p.parts[0] for p in files} - TOP)
    ]
    found += [f"{p}: the name says nothing" for p in files if p.suffix == ".py" and p.stem in SAYS_NOTHING]
    found += [f"{p}: holds download addresses" for p in files if p.name in {"uv.lock", "package-lock.json"}]
    found += [
        f"{p}: holds a download address"
        for p in files
        if p.suffix in {".lock", ".in"} and ADDRESS.search((ROOT / p).read_text())
    ]
    decisions = ROOT / "docs/decisions"
    index = (decisions / "README.md").read_text()
    found += [
        f"docs/decisions/{p.name}: not in docs/decisions/README.md"
        for p in sorted(decisions.glob("*.md"))
        if p.name != "README.md" and f"({p.name})" not in index
    ]
    return found


if __name__ == "__main__":
    sys.exit("\n".join(complaints(tracked())) or 0)
