"""Certificates rendered and sealed in one process: CPU milliseconds each, and whether memory stays flat."""

import json
import resource
import sys
from pathlib import Path


def memory_mb() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


def main(count: int) -> None:
    import django

    django.setup()
    from tests.bench.session import finished_session
    from training.services import certificate, certificate_issue

    session, officer = finished_session(count)
    certificate.request_batch(session, by=officer)
    half, before = 0, resource.getrusage(resource.RUSAGE_SELF)
    done = 0
    while made := certificate_issue.issue_due(seconds=3):
        done += made
        if done >= count // 2 and not half:
            half = memory_mb()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    figures = {"issued": done, "cpu_ms_each": round(cpu * 1000 / max(1, done), 1), "memory_half_mb": half}
    print(json.dumps(figures | {"memory_end_mb": memory_mb()}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
