"""The real server under a scripted model, through the SDKs' own clients."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from openai import AuthenticationError, OpenAI
from openai.types.chat import ChatCompletionMessageParam, ChatCompletionToolParam

from mirascope.core import local
from tests.local.conftest import CALL, refuses, wait_until
from tests.support.scripted_gguf import TEXT, write_scripted_gguf

QUESTION: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Recommend a book"}]
TOOL: ChatCompletionToolParam = {
    "type": "function",
    "function": {
        "name": "get_book",
        "description": "Look a book up.",
        "parameters": {
            "type": "object",
            "properties": {"title": {"type": "string"}, "year": {"type": "integer"}},
            "required": ["title", "year"],
        },
    },
}


def streamed(client: OpenAI, *, model: str = "gpt-4o-mini") -> list[str]:
    """The text deltas of one streamed answer."""
    stream = client.chat.completions.create(model=model, messages=QUESTION, stream=True)
    return [chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices]


@pytest.mark.parametrize("name", ["gpt-4o-mini", "any name at all"])
def test_streams_the_known_text(client: OpenAI, name: str) -> None:
    """The text comes in many deltas, whatever model is asked for, with no half character."""
    deltas = streamed(client, model=name)
    assert "".join(deltas) == TEXT
    assert len(deltas) > 10
    assert [delta for delta in deltas if "\ufffd" in delta] == []


def test_streams_the_known_tool_call(client: OpenAI) -> None:
    """Offered a tool, the model calls it, and the arguments come in pieces."""
    stream = client.chat.completions.create(
        model="gpt-4o-mini", messages=QUESTION, tools=[TOOL], stream=True
    )
    choices = [chunk.choices[0] for chunk in stream if chunk.choices]
    calls = [call.function for choice in choices for call in choice.delta.tool_calls or []]
    pieces = [function.arguments or "" for function in calls if function is not None]
    assert "".join(pieces) == '{"title": "Dune", "year": 1965}'
    assert len(pieces) > 5
    assert [CALL.name] == [f.name for f in calls if f is not None and f.name]
    assert choices[-1].finish_reason == "tool_calls"


def test_parallel_streams(server: local.LocalServer) -> None:
    """Eight streams at once each get the whole text."""

    def one(_: int) -> str:
        with OpenAI(base_url=server.openai_base_url, api_key=server.api_key) as client:
            return "".join(streamed(client))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(8))) == [TEXT] * 8


def test_anthropic(server: local.LocalServer) -> None:
    """Anthropic's SDK streams from the same server."""
    anthropic = pytest.importorskip("anthropic")
    with (
        anthropic.Anthropic(base_url=server.anthropic_base_url, api_key=server.api_key) as client,
        client.messages.stream(model="claude", max_tokens=100, messages=QUESTION) as stream,
    ):
        assert "".join(stream.text_stream) == TEXT


def test_groq(server: local.LocalServer) -> None:
    """Groq's SDK, with its fixed path, streams from the same server."""
    groq = pytest.importorskip("groq")
    with groq.Groq(base_url=server.groq_base_url, api_key=server.api_key) as client:
        stream = client.chat.completions.create(model="llama", messages=QUESTION, stream=True)
        assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == TEXT


def test_mistral(server: local.LocalServer) -> None:
    """Mistral's SDK streams from the same server when told its address."""
    mistral = pytest.importorskip("mistralai.client")
    with mistral.Mistral(server_url=server.mistral_server_url, api_key=server.api_key) as client:
        events = client.chat.stream(model="small", messages=QUESTION)
        assert "".join(event.data.choices[0].delta.content or "" for event in events) == TEXT


def test_a_wrong_key_is_refused(server: local.LocalServer) -> None:
    """Another process of this machine, without the key, gets no answer."""
    with (
        OpenAI(base_url=server.openai_base_url, api_key="wrong") as client,
        pytest.raises(AuthenticationError),
    ):
        streamed(client)


def test_no_other_origin_and_no_insight(server: local.LocalServer) -> None:
    """A web page may not read answers, and slots and metrics are off unless asked for."""
    headers = {"Authorization": f"Bearer {server.api_key}", "Origin": "http://page.example"}
    models = httpx.get(server.openai_base_url + "/models", headers=headers)
    assert models.status_code == 200
    assert models.headers.get("access-control-allow-origin", "") == ""
    root = server.openai_base_url.removesuffix("/v1")
    answers = [httpx.get(root + path, headers=headers) for path in ("/slots", "/metrics")]
    assert [answer.status_code for answer in answers] == [501, 501]


def test_early_close_frees_the_slot(tmp_path: Path) -> None:
    """A stream closed after a few chunks stops the computation, as the server itself says."""
    endless = write_scripted_gguf(tmp_path / "endless.gguf", endless=True)
    with (
        local.server(endless, parallel=1, context=60_000, diagnostics=True) as info,
        OpenAI(base_url=info.openai_base_url, api_key=info.api_key) as client,
    ):
        root = info.openai_base_url.removesuffix("/v1")
        headers = {"Authorization": f"Bearer {info.api_key}"}
        stream = client.chat.completions.create(model="x", messages=QUESTION, stream=True)
        for _ in range(3):
            next(stream)
        busy = httpx.get(root + "/slots", headers=headers).json()
        stream.close()

        def idle() -> bool:
            slots = httpx.get(root + "/slots", headers=headers).json()
            return not any(slot["is_processing"] for slot in slots)

        assert [slot["is_processing"] for slot in busy] == [True]
        assert wait_until(idle, seconds=5)
        metrics = httpx.get(root + "/metrics", headers=headers).text
        predicted = next(
            float(line.split()[1])
            for line in metrics.splitlines()
            if line.startswith("llamacpp:tokens_predicted_total ")
        )
        assert predicted < 30_000


def test_the_server_ends_with_its_block(model: Path) -> None:
    """After the block nothing listens."""
    with local.server(model) as info:
        assert not refuses(info.address)
    assert refuses(info.address)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")
def test_the_server_ends_with_a_killed_parent(model: Path) -> None:
    """A parent that is killed, and so can end nothing, takes the server with it."""
    parent = (
        "import sys, time; from mirascope.core import local\n"
        "with local.server(sys.argv[1]) as info:\n"
        "    print(info.address, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", parent, str(model)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert not refuses(address)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert wait_until(lambda: refuses(address))


def test_port_taken(model: Path) -> None:
    """A port that something listens on is named, with a way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(local.LocalError, match=str(port)) as caught,
            local.server(model, port=port),
        ):
            pass
    assert caught.value.exit_code is local.ExitCode.PORT_TAKEN


def test_chosen_port(model: Path) -> None:
    """A free port that was asked for is the one that is used, also right after its last use."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for _ in range(2):
        with local.server(model, port=port) as info:
            assert f"http://127.0.0.1:{port}" == info.address
            assert not refuses(info.address)


@pytest.mark.parametrize(
    "content", [b"", b"no model at all", b"GGUF\x03\x00\x00\x00" + b"\xff" * 64]
)
def test_a_file_that_is_no_model(tmp_path: Path, content: bytes) -> None:
    """A broken model file is named, with what the server said about it."""
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(content)
    with (
        pytest.raises(local.LocalError, match=r"broken\.gguf") as caught,
        local.server(broken),
    ):
        pass
    assert caught.value.exit_code is local.ExitCode.MODEL_UNUSABLE


def test_a_server_that_takes_too_long(model: Path) -> None:
    """The wait for the server has an end."""
    with (
        pytest.raises(local.LocalError, match="within") as caught,
        local.server(model, start_timeout=0.001),
    ):
        pass
    assert caught.value.exit_code is local.ExitCode.SERVER_DIED
