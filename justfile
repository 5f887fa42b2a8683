# What contributors run, in the environment of the README's test command.

bin := ".venv/bin"
lock := "constraints.txt"

# What takes a minute: lint, contracts and unit tests.
check: lint
    {{bin}}/python -m pytest -q -n auto tests/contracts tests/unit

# Everything, as CI runs it.
test:
    .ci/run

# Everything that is not about the newest SDKs, with the lowest releases that are allowed.
lowest:
    {{bin}}/uv venv -q --clear .venv-lowest
    {{bin}}/uv pip install -q -p .venv-lowest --resolution lowest-direct -e ".[all,local]"
    {{bin}}/uv pip install -q -p .venv-lowest anyio httpx-aiohttp hypothesis packaging pillow pytest pytest-xdist tqdm uv
    .venv-lowest/bin/python -m pytest -q -n auto -p no:anyio

# That packages which watch the SDKs see what is streamed.
tracers:
    {{bin}}/uv venv -q --clear .venv-tracers
    {{bin}}/uv pip install -q -p .venv-tracers -e ".[all]" pytest opentelemetry-sdk langfuse logfire sentry-sdk
    {{bin}}/uv pip install -q -p .venv-tracers opentelemetry-instrumentation-anthropic opentelemetry-instrumentation-groq opentelemetry-instrumentation-openai
    {{bin}}/uv pip install -q -p .venv-tracers openinference-instrumentation-anthropic openinference-instrumentation-mistralai openinference-instrumentation-openai
    .venv-tracers/bin/python -m pytest -q tests/tracers

# The four type checkers, over the package and over programs that use it.
types:
    {{bin}}/python -m pytest -q tests/typing

# The linter and the formatter, without changing anything.
lint:
    {{bin}}/ruff check . && {{bin}}/ruff format --check .

# The linter's own mends, then the formatter.
format:
    {{bin}}/ruff check --fix . && {{bin}}/ruff format .

# Every block and example of the documents.
docs:
    {{bin}}/python -m pytest -q tests/docs

# The files that a script writes.
generate:
    {{bin}}/python scripts/call_signature.py
    {{bin}}/python scripts/provider_table.py

# The newest releases that go together, written down.
lock:
    {{bin}}/uv pip compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 --upgrade --no-header --no-annotate -q -o {{lock}}

# How fast it is, beside the SDKs alone.
bench:
    {{bin}}/python -m benchmarks
