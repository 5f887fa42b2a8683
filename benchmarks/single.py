"""The measurements that are no comparison of two processes reading the same answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from statistics import median

from .contenders.documents import document
from .environments import CACHE, ROOT, Unavailable, interpreter
from .measures import IMPORTS, PROVIDERS
from .processes import Failed, Server, Worker
from .runner import Row

__all__ = [
    "calls",
    "connections",
    "imports",
    "linear",
    "many",
    "memory",
    "partials",
    "partials_of_others",
]

_CALLS_IN_A_ROW = 20
_TICK = 600
"""Milliseconds between two events of one of many streams."""

_EVENTS_OF_MANY = 100
_OF_MANY = (
    ("processor time for each chunk", "core", "raw", 0.45),
    ("on the SDK's aiohttp client, to the SDK on its default one", "core_aiohttp", "raw", 0.20),
    ("on the SDK's aiohttp client, to the SDK on it", "core_aiohttp", "raw_aiohttp", None),
    ("the SDK's request and its bytes alone, to the SDK", "floor", "raw", None),
    ("the same on its aiohttp client, to the SDK on its default one", "floor_aiohttp", "raw", None),
)

_SIZES = (2_000, 20_000, 60_000)
_WHOLE = "A structured stream with a look at the partial value after each delta of 8 characters"
_LOOKERS = (
    ("mirascope-core, `live_partials`", "core", "core", "live"),
    ("mirascope-core", "core", "core", "partial"),
    ("the SDK's `.stream()`", "core", "helpers", "partial"),
    ("instructor's `create_partial`", "instructor", "instructor", "partial"),
    ("pydantic-ai's `stream_output`", "pydantic-ai", "pydantic_ai", "partial"),
    ("langchain's `JsonOutputParser`", "langchain", "langchain", "partial"),
    ("mirascope 1", "mirascope-1", "mirascope1", "partial"),
)


def imports(rounds: int) -> list[Row]:
    """Measure what importing this library adds to importing what it needs."""
    _say("imports")
    rows: list[Row] = []
    for name, (base, ours, goal) in IMPORTS.items():
        added = [_import(base, ours) for _ in range(rounds + 1)][1:]  # the first may compile
        row = Row(
            group="Imports",
            wire=name,
            title=f"`{ours}` after `{base}`",
            unit="ms",
            value=round(median(added), 1),
            spread=(round(min(added), 1), round(max(added), 1)),
        )
        rows.append(_with_goal(row, goal))
    return rows


def _with_goal(row: Row, goal: float | None) -> Row:
    if goal is not None:
        row["goal"] = goal
    return row


def _import(base: str, statement: str) -> float:
    """Milliseconds of processor time that a statement takes after another, in a new interpreter.

    The garbage collector looks through all objects of a program now and then, of which the first
    statement made nearly all: whether that falls into the second one is chance, so it is done
    between them.
    """
    program = (
        f"import gc; from time import process_time as t; {base}; gc.collect(); "
        f"a = t(); {statement}; print((t() - a) * 1e3)"
    )
    command = [str(interpreter("core")), "-W", "ignore", "-c", program]
    compiled = {**os.environ, "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode")}
    compiled.pop("PYTHONDONTWRITEBYTECODE", None)
    return float(
        subprocess.check_output(command, env=compiled, text=True, stderr=subprocess.DEVNULL)
    )


def connections(server: Server) -> list[Row]:
    """Count the connections that twenty streamed calls in a row make."""
    _say("connections")
    rows: list[Row] = []
    for wire in PROVIDERS:
        url = server.address(wire, "late", 1)
        kind = "grpc" if wire == "gemini" else "http"
        for action, color in (("text", ""), ("text_async", ", async")):
            made: list[int] = []
            error = ""
            for contender in ("core", "raw"):
                before = server.connections()[kind]
                with Worker("core", contender) as worker:
                    try:
                        for _ in range(_CALLS_IN_A_ROW):
                            worker.ask(action, wire, url, 1)
                    except Failed as failed:
                        error = f"{contender}: {failed}"
                    made.append(server.connections()[kind] - before)
            row = Row(
                group="Connections for 20 streamed calls in a row",
                wire=wire,
                title=f"{_CALLS_IN_A_ROW} calls{color} (the SDK alone: {made[1]})",
                unit="connections",
                value=made[0],
                goal=1,
            )
            if error:
                row["error"] = error
            rows.append(row)
    return rows


def calls(server: Server, rounds: int) -> list[Row]:
    """Measure a call without streaming, with the default client, above the SDK's own call.

    Both are made in one process: two of the same program differ by more than what is measured.
    """
    _say("calls")
    n = 200
    url = server.address("openai", "whole", n)
    added: list[float] = []
    with Worker("core", "core") as worker:
        for number in range(rounds + 1):
            answers = {}
            for action in ("sdk_call", "call") if number % 2 else ("call", "sdk_call"):
                answers[action] = worker.ask(action, "openai", url, n)
                if answers[action]["got"] != n:
                    raise Failed(f"{action}: {answers[action]['got']} of {n} were answered")
            base, ours = answers["sdk_call"]["cpu"], answers["call"]["cpu"]
            if number:
                added.append((ours - base) / n * 1e3)
    row = Row(
        group="A call without streaming",
        wire="openai",
        title="a call with the cached default client, above the SDK's call",
        unit="ms",
        value=round(median(added), 3),
        goal=0.1,
        spread=(round(min(added), 3), round(max(added), 3)),
    )
    return [row]


def memory(server: Server) -> list[Row]:
    """Measure the bytes that are kept for each event once a stream has been read."""
    _say("memory")
    n = 20000
    url = server.address("openai", "blast", n)
    kept: list[float] = []
    for contender in ("core", "raw"):
        with Worker("core", contender) as worker:
            worker.ask("text", "openai", url, n)  # what is made once is no event's
            kept.append(worker.ask("memory", "openai", url, n)["got"] / n)
    row = Row(
        group="Memory",
        wire="openai",
        title=f"bytes kept for each event (a list of the SDK's chunks: {kept[1]:.0f})",
        unit="bytes",
        value=round(kept[0], 1),
    )
    return [row]


def many(server: Server, rounds: int) -> list[Row]:
    """Measure a thousand asynchronous streams in one event loop."""
    _say("many streams")
    n = _EVENTS_OF_MANY
    url = server.address("openai", f"tick{_TICK}", n)
    warm = server.address("openai", "tick1", 3)
    taken: dict[str, list[tuple[float, float]]] = {}
    actions = ("raw", "core", "floor", "raw_aiohttp", "core_aiohttp", "floor_aiohttp")
    for _ in range(rounds):
        for action in actions:
            with Worker("core", "many") as worker:
                worker.ask(action, "openai", warm, 3)  # what is made once is no chunk's
                answer = worker.ask(action, "openai", url, n)
            got = answer["got"]
            chunk = answer["cpu"] / (got["characters"] / 4) * 1e6
            taken.setdefault(action, []).append((chunk, got["lag"]))

    group = "1,000 asynchronous streams at once"
    rows: list[Row] = []
    for title, ours, base, goal in _OF_MANY:
        pairs = list(zip(taken[ours], taken[base], strict=True))
        row = Row(group=group, wire="openai", title=title)
        row["value"] = round(median(one[0] / other[0] for one, other in pairs), 4)
        row["us"] = (
            round(median(one[0] for one, _ in pairs), 1),
            round(median(other[0] for _, other in pairs), 1),
        )
        rows.append(_with_goal(row, goal))
    late = "lateness of the event loop, 99th percentile"
    for title, ours, goal in (
        (late, "core", 0.25),
        (f"{late}, the SDK's request and its bytes alone", "floor", None),
    ):
        pairs = list(zip(taken[ours], taken["raw"], strict=True))
        value = round(median(one[1] / other[1] for one, other in pairs), 4)
        rows.append(_with_goal(Row(group=group, wire="openai", title=title, value=value), goal))
    return rows


def partials() -> list[Row]:
    """Measure partial values of a structured stream, looked at after every delta."""
    _say("partial values")
    program = (
        "import json\n"
        "from benchmarks.contenders.documents import document\n"
        "from benchmarks.partial_json import row\n"
        "texts = [document(k, n) for k in ('records', 'essay') for n in (20_000, 200_000)]\n"
        "print(json.dumps([row(text)[1] / len(text) for text in texts]))"
    )
    command = [str(interpreter("core")), "-W", "ignore", "-c", program]
    taken: list[float] = json.loads(subprocess.check_output(command, cwd=ROOT, text=True))
    group = "Partial values in deltas of 8 characters, a look after each"
    rows: list[Row] = []
    for kind, small, large in (("many records", *taken[:2]), ("one long text", *taken[2:])):
        title = f"{kind}: a character of 200 kB, to one of 20 kB"
        rows += [
            Row(group=group, wire="any", title=title, value=round(large / small, 3), goal=1.5),
            Row(
                group=group,
                wire="any",
                title=f"{kind}: 200 kB",
                unit="ms",
                value=round(large * 200_000 * 1e3, 1),
            ),
        ]
    return rows


def partials_of_others(server: Server) -> list[Row]:
    """Measure a whole structured stream, with a look at the partial value after every delta."""
    rows: list[Row] = []
    for size in _SIZES:
        url = server.address("openai_json", "blast", size)
        expected = len(json.loads(document("records", size))["records"])
        for title, environment, contender, action in _LOOKERS:
            _say(f"partial values: {title}, {size:,} characters")
            row = Row(group=_WHOLE, wire="openai", title=f"{size:,} characters: {title}", unit="ms")
            try:
                with Worker(environment, contender) as worker:
                    warm = server.address("openai_json", "blast", 500)
                    worker.ask(action, "openai_json", warm, 500)
                    answer = worker.ask(action, "openai_json", url, size)
            except (Failed, Unavailable) as error:
                row["error"] = str(error)
            else:
                looks, records = answer["got"]
                if records == expected:
                    row["value"] = round(answer["cpu"] * 1e3, 1)
                    row["title"] += f" ({looks:,} values)"
                else:
                    row["error"] = f"shows {records} records of {expected}"
            rows.append(row)
    return rows


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def linear(rows: list[Row]) -> list[Row]:
    """Compare what a delta of 100 kB of arguments costs with one of 20 kB."""
    tools = [row for row in rows if row["wire"] == "openai_tools" and "us" in row]
    if len(tools) != 2:
        return []
    (small, _), (large, _) = tools[0]["us"], tools[1]["us"]
    return [
        Row(
            group=tools[0]["group"],
            wire="openai_tools",
            title="a delta of 100 kB, to one of 20 kB",
            value=round(large / small, 4),
            goal=1.2,
        )
    ]
