"""Certificates numbered, rendered, sealed, stored and told of in one process: CPU each, statements, memory.

Memory is flat when it ends where it stood after the first tenth, give or take what an allocator keeps.
"""

import json
import resource
import sys
from pathlib import Path


def memory_mb() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def statements_of_one() -> int:
    """SQL statements of a whole certificate, without BEGIN and COMMIT. Warms up what is made once."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from training.services import certificate_issue

    claimed = certificate_issue.claim()
    with CaptureQueriesContext(connection) as captured:
        issued = claimed is not None and certificate_issue.issue(claimed)
    if not issued:
        raise RuntimeError("The first certificate was not issued.")
    return (
        sum(1 for one in captured.captured_queries if one["sql"] not in ("BEGIN", "COMMIT")) + 2
    )  # the claim


def main(count: int) -> None:
    import django

    django.setup()
    from tests.bench.session import finished_session
    from training.services import certificate, certificate_issue

    session, officer = finished_session(count)
    certificate.request_batch(session, by=officer)
    statements, began = statements_of_one(), cpu_seconds()
    done, memory = 0, []
    while made := certificate_issue.issue_due(seconds=1):
        done += made
        memory.append((done, memory_mb()))
    each = (cpu_seconds() - began) * 1000 / max(1, done)
    tenth = next((mb for made, mb in memory if made >= count // 10), 0)
    figures = {"issued": done + 1, "cpu_ms_each": round(each, 1), "statements_each": statements}
    figures |= {"memory_after_a_tenth_mb": tenth, "memory_end_mb": memory[-1][1] if memory else 0}
    print(json.dumps(figures))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
