"""``make check``: everything that can be said about the code without running it. All steps run, then the verdict.

With ``CI=1`` a tool that is not installed is a failure; without, it is named and left to CI.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
IN_CI = os.environ.get("CI", "") not in {"", "0"}
PACKAGES = ("asnportal", "competency", "training", "partners")

# A production environment that lacks nothing; every value is invented.
PRODUCTION = {
    "DATABASE_URL": "postgres://portal:contoh@127.0.0.1:1/portal",
    "REDIS_URL": "redis://:contoh@127.0.0.1:1/0",
    "SECRET_KEY": "only-for-the-check-" + "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "SITE_URL": "https://portal.contoh.test",
    "ALLOWED_HOSTS": "portal.contoh.test",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "TRUSTED_PROXY_COUNT": "1",
    "DEMO": "0",
}


@dataclass(frozen=True)
class Step:
    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=lambda: {"DEMO": "1"})


def tool(name: str, *args: str) -> list[str]:
    return [str(BIN / name), *args]


def manage(*args: str) -> list[str]:
    return [sys.executable, "manage.py", *args]


def script(name: str) -> list[str]:
    return [sys.executable, f".ci/{name}.py"]


STEPS = [
    Step("format", tool("ruff", "format", "--check", "--quiet", ".")),
    Step("lint", tool("ruff", "check", "--quiet", ".")),
    Step("contracts", tool("lint-imports")),
    Step("names", script("names")),
    Step("spelling", tool("typos")),
    Step("types", tool("mypy", *PACKAGES)),
    Step("migrations", manage("makemigrations", "--check", "--dry-run")),
    Step("style sheets", manage("build_css", "--check")),
    Step("template lint", tool("djlint", "templates", "--lint", "--quiet")),
    Step("templates", script("templates")),
    Step("translations", script("translations")),
    Step("deploy", manage("check", "--deploy", "--fail-level", "WARNING"), env=PRODUCTION),
    Step("Dockerfile", tool("hadolint", "Dockerfile")),
]


def compose_step() -> Step | None:
    """Docker's own plugin or Debian's docker-compose; neither needs a running engine for this."""
    command = next(
        (
            base
            for base in (["docker-compose"], ["docker", "compose"])
            if shutil.which(base[0]) and _runs([*base, "version"])
        ),
        None,
    )
    if command is None:
        return None
    names = (
        "SECRET_KEY",
        "POSTGRES_PASSWORD",
        "REDIS_PASSWORD",
        "SITE_HOST",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
    )
    return Step(
        "compose", [*command, "-f", "docker-compose.yml", "config", "-q"], env=dict.fromkeys(names, "contoh")
    )


def _runs(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def run(step: Step) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        step.command, cwd=ROOT, env=os.environ | step.env, capture_output=True, text=True, check=False
    )
    good = done.returncode == 0
    print(f"{'ok  ' if good else 'FAIL'} {step.name} ({time.monotonic() - began:.1f} s)", flush=True)
    if not good:
        print((done.stdout + done.stderr).strip(), flush=True)
    return good


def main(steps: list[Step], optional: Callable[[], Step | None]) -> int:
    extra = optional()
    if extra is None:
        print(f"{'FAIL' if IN_CI else 'left out'} compose: docker-compose is not installed")
    failed = [step.name for step in [*steps, *([extra] if extra else [])] if not run(step)]
    if extra is None and IN_CI:
        failed.append("compose")
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'all green'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(STEPS, compose_step))
