"""Runs one contender: a process that is asked for one measurement at a time.

    python -P worker.py CONTENDER

Reads a line of JSON, `{"wire": ..., "url": ..., "n": ..., "action": ...}`, and answers with one:
the processor time of this process in seconds, the wall time, and how many units there were. A
contender is a file beside this one with `actions(wire, url, n)`, which gives functions by name;
what they return has to be the number of units (characters of the answer, calls, ...); `partial`
gives how many partial documents there were, and the records of the last one.
"""

from __future__ import annotations

import asyncio
import gc
import importlib.util
import inspect
import json
import os
import resource
import sys
import time
import warnings
from pathlib import Path


def _load(name):
    path = Path(__file__).parent / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"contender_{name}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main():
    """Answer until the input ends."""
    for name in list(os.environ):
        if name.upper().endswith("_PROXY"):
            del os.environ[name]
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a contender prints is not an answer
    warnings.simplefilter("ignore")
    sys.modules["documents"] = _load("documents")  # contenders are not importable by name
    module = _load(sys.argv[1])
    made = {}
    with asyncio.Runner() as runner:
        for line in sys.stdin:
            asked = json.loads(line)
            key = (asked["wire"], asked["url"], asked["n"])
            try:
                if key not in made:
                    made[key] = module.actions(*key)
                run = made[key][asked["action"]]
                gc.collect()
                wall, cpu = time.perf_counter(), _cpu()
                got = runner.run(run()) if inspect.iscoroutinefunction(run) else run()
                cpu, wall = _cpu() - cpu, time.perf_counter() - wall
                answer = {"cpu": cpu, "wall": wall, "got": got}
            except Exception as error:  # noqa: BLE001  # it is the answer
                answer = {"error": f"{type(error).__name__}: {error}"[:300]}
            print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
