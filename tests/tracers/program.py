"""Streams an answer while a tracing package watches the SDK; prints what came of it as JSON.

python -m tests.tracers.program openinference anthropic
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

from mirascope.core import prompt_template
from mirascope.core.testing import Answer, WireServer

PIECES = ["Hel", "lo ", "wor", "ld"]
NOWHERE = "http://127.0.0.1:9"
SDKS = {"mistral": "mistralai"}


class Spans:
    """The spans that OpenTelemetry's SDK is given, and the provider that takes them."""

    def __init__(self) -> None:
        from opentelemetry import trace
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import SimpleSpanProcessor
        from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

        self._kept = InMemorySpanExporter()
        self.processor = SimpleSpanProcessor(self._kept)
        self.provider = TracerProvider()
        self.provider.add_span_processor(self.processor)
        trace.set_tracer_provider(self.provider)

    def texts(self) -> list[str]:
        """All that was told of each span."""
        return [span.to_json() for span in self._kept.get_finished_spans()]


def instrumented(module: str, spans: Spans) -> None:
    """Let a package instrument the SDK in OpenTelemetry's way."""
    found = vars(importlib.import_module(module))
    (kind,) = (
        value
        for name, value in found.items()
        if name.endswith("Instrumentor") and name != "BaseInstrumentor"
    )
    kind().instrument(tracer_provider=spans.provider)


def start(tracer: str, provider: str) -> Any:
    """Start a tracer; gives a function for the texts of what it has seen."""
    sdk = SDKS.get(provider, provider)
    if tracer == "sentry":
        import sentry_sdk

        seen: list[str] = []
        sentry_sdk.init(
            f"{NOWHERE.replace('//', '//key@')}/1",
            traces_sample_rate=1.0,
            send_default_pii=True,
            before_send_transaction=lambda event, _: seen.append(json.dumps(event, default=str)),
        )
        transaction = sentry_sdk.start_transaction(name="test")
        transaction.__enter__()
        return lambda: transaction.__exit__(None, None, None) or seen
    spans = Spans()
    if tracer == "logfire":
        import logfire

        processors = [spans.processor]
        logfire.configure(
            send_to_logfire=False, console=False, additional_span_processors=processors
        )
        getattr(logfire, f"instrument_{provider}")()
    elif tracer == "langfuse":
        os.environ.update(
            LANGFUSE_PUBLIC_KEY="key", LANGFUSE_SECRET_KEY="key", LANGFUSE_HOST=NOWHERE
        )
        importlib.import_module("langfuse.openai")
    else:
        instrumented(f"{tracer}.{sdk}", spans)
    return spans.texts


def client_of(provider: str, server: WireServer) -> Any:
    """A client of the SDK that reads no address from the environment; else `None`."""
    if provider != "mistral":
        return None
    from mistralai.client import Mistral

    return Mistral(api_key="key", server_url=server.url("mistral"))


def main(tracer: str, provider: str) -> None:
    """Stream one answer."""
    texts = start(tracer, provider)
    api = importlib.import_module(f"mirascope.core.{provider}")
    with WireServer() as server, server.patched_environ():
        server.play(Answer(text=PIECES))

        @api.call("model", stream=True, client=client_of(provider, server))
        @prompt_template("Say hello")
        def say_hello(): ...

        stream = say_hello()
        content = "".join(chunk.content for chunk, _ in stream)
    is_told = any("".join(PIECES) in text for text in texts())
    told = json.dumps({"content": content, "path": stream.path, "is_told": is_told})
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()
    # Some packages would wait for a server that is not there.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
