"""The command line: `run` a program against a local model, `serve` one, `fetch` the weights.

Rules: standard output carries only what was asked for (the program's own output, the `export`
lines, the path); everything said to people goes to standard error; every expected failure is
one line and an exit code of its own.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from ._environment import SHELLS, assignments, program_environment
from ._errors import ExitCode, LocalError
from ._local_server import running
from ._process import ServerProcess, check_runtime
from ._program import run_program
from ._settings import DEFAULT_MODEL, Settings, settings_for
from ._weights import fetch

__all__ = ["entry", "main", "split_run"]

_NAME = "mirascope.core.local"
_INTERRUPTED = 130
_HIGHEST_PORT = 65_535
_FLAGS = frozenset({"-h", "--help", "--diagnostics"})
_CODES = "\n".join(f"  {code.value}  {code.name.lower().replace('_', ' ')}" for code in ExitCode)
_NOTE = "it answers with real streams, real tool calls and invented facts"


def entry() -> NoReturn:
    """Run the command as the process it is: arguments, signals and exit code included."""
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run the command.

    Args:
        arguments: The command line without the program's name.

    Returns:
        The exit code, see `ExitCode`.
    """
    own, program = arguments, list[str]()
    if arguments[:1] == ["run"]:
        own, program = split_run(arguments)
    options = _parser().parse_args(own)
    try:
        match options.command:
            case "run":
                return _run(options, program)
            case "serve":
                return _serve(options)
            case _:
                print(fetch(out=sys.stderr))  # noqa: T201 - the command's result
                return ExitCode.OK
    except LocalError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return ExitCode.OK if options.command == "serve" else _INTERRUPTED


def split_run(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part `run`'s own options from the program, to which everything after it belongs.

    Args:
        arguments: The command line, `run` first.

    Returns:
        What is for this command, and the program with its arguments.
    """
    position = 1
    while position < len(arguments):
        word = arguments[position]
        if word == "--":
            return list(arguments[:position]), list(arguments[position + 1 :])
        if word == "-m" or not word.startswith("-"):
            break
        position += 1 if word in _FLAGS or "=" in word else 2
    return list(arguments[:position]), list(arguments[position:])


def _run(options: argparse.Namespace, program: Sequence[str]) -> int:
    command = _python_command(program)
    with running(_settings(options)) as (info, process):
        _say(
            f"the SDKs of OpenAI, Anthropic and Groq now reach {info.model} on this machine "
            f"(process {info.pid}), not the provider; {_NOTE}"
        )
        _announce_death(process)
        environment = program_environment(info.environment(), inherited=os.environ)
        code = run_program(command, environment=environment)
        died = process.death() is not None
    return ExitCode.SERVER_DIED if died and code else code


def _serve(options: argparse.Namespace) -> int:
    with running(_settings(options)) as (info, process):
        sys.stdout.write(assignments(info.environment(), shell=options.shell))
        sys.stdout.flush()
        _say(
            f"{info.model} listens on {info.address} (process {info.pid}); {_NOTE}. Ctrl-C ends it"
        )
        process.wait()
        if error := process.death():
            raise error
    return ExitCode.OK


def _python_command(program: Sequence[str]) -> list[str]:
    """How to run the program with this interpreter.

    Raises:
        LocalError: There is no program (`USAGE`).
    """
    if not program or program == ["-m"]:
        raise LocalError(
            f"No program to run. Usage: python -m {_NAME} run [options] (app.py | -m module) "
            "[arguments]",
            exit_code=ExitCode.USAGE,
        )
    if program[0] != "-m" and not Path(program[0]).exists():
        raise LocalError(
            f"There is no program {program[0]!r} to run; give the path of a Python file, or "
            "-m and a module.",
            exit_code=ExitCode.USAGE,
        )
    return [sys.executable, *program]


def _settings(options: argparse.Namespace) -> Settings:
    # Before the weights are fetched: without the runtime they are of no use.
    check_runtime()
    return settings_for(
        options.model,
        api_key=secrets.token_urlsafe(24),
        port=options.port,
        threads=options.threads,
        parallel=options.parallel,
        context=options.context,
        diagnostics=options.diagnostics,
        out=sys.stderr,
    )


def _announce_death(process: ServerProcess) -> None:
    """Say at once when the server dies; the program may otherwise retry for minutes."""

    def watch() -> None:
        process.wait()
        if error := process.death():
            _say(str(error))

    threading.Thread(target=watch, name="mirascope-local-watch", daemon=True).start()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m {_NAME}",
        description="A small real model on this machine, for the providers' own SDKs.",
        epilog=f"exit codes:\n{_CODES}\nany other is the program's own",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser(
        "run",
        help="run a Python program against the model",
        usage="%(prog)s [options] [--] (app.py | -m module) [arguments]",
        allow_abbrev=False,
    )
    serve = commands.add_parser(
        "serve", help="keep a server running and print its variables", allow_abbrev=False
    )
    commands.add_parser("fetch", help="download the model and print its path")
    for command in (run, serve):
        _add_server_options(command)
    serve.add_argument(
        "--shell",
        choices=sorted(SHELLS),
        default="powershell" if sys.platform == "win32" else "posix",
        help="how to write the variables",
    )
    return parser


def _add_server_options(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    add(
        "--model",
        default=DEFAULT_MODEL,
        help=f"{DEFAULT_MODEL} (the default), or the path of a GGUF file",
    )
    add("--port", type=_port, default=0, help="the default is any free port")
    add("--threads", type=_count, help="threads that compute; the default is at most 4")
    add("--parallel", type=_count, default=8, help="requests answered at the same time")
    add("--context", type=_count, default=4096, help="tokens that all requests share")
    add("--diagnostics", action="store_true", help="serve /slots and /metrics")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{port} is not between 0 and {_HIGHEST_PORT}")
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"{count} is less than 1")
    return count


def _say(sentence: str) -> None:
    print(f"{_NAME}: {sentence}", file=sys.stderr, flush=True)  # noqa: T201 - the command line


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    # Unwinds like Ctrl-C, so that temporary files go and the server ends.
    raise KeyboardInterrupt
