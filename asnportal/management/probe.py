"""Health checks of the containers: ``python asnportal/management/probe.py web|worker|beat``. Standard library only.

Run as a file, so that the check of every 15 seconds does not load the whole portal.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

BEAT_SLEEPS_AT_MOST = 420  # seconds; beat writes its schedule every 3 minutes, and wakes every 5 at least


def web() -> bool:
    """The live page, asked by the portal's own name (any other name is refused)."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    request = Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
    with urlopen(request, timeout=4) as answer:
        return bool(answer.status == 200)


def worker() -> bool:
    name = f"celery@{os.uname().nodename}"
    command = [sys.executable, "-m", "celery", "--app", "asnportal", "inspect", "ping", "--destination", name]
    return subprocess.run(command, capture_output=True, timeout=20, check=False).returncode == 0


def beat() -> bool:
    files = list(Path(os.environ.get("DATA_DIR", "/data")).glob("beat-schedule*"))
    return any(time.time() - file.stat().st_mtime < BEAT_SLEEPS_AT_MOST for file in files)


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]() else 1)
