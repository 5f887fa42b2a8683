"""What streaming costs, measured: `python -m benchmarks` (see docs/benchmarks.md)."""
