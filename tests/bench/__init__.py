"""The benchmark of docs/benchmark.md: ratios in one run, CPU of the process, counts; never a test's verdict."""
