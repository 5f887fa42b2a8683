"""Gemini over gRPC: a server that plays what the wire server plays, and models that talk to it.

The gRPC server is a bridge: it makes the same request of the wire server over HTTP and passes on
every event as it comes. So scripts, faults, pauses and what is known of requests and connections
are the wire server's own, and a call that is cancelled here closes its connection there.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import socket
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self
from urllib.parse import urlsplit

import grpc

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the package says at import that it is retired
    from google.ai.generativelanguage import (
        GenerateContentRequest,
        GenerateContentResponse,
        GenerativeServiceAsyncClient,
        GenerativeServiceClient,
    )
    from google.ai.generativelanguage_v1beta.services.generative_service import transports
    from google.generativeai import GenerativeModel
    from google.protobuf import json_format

SERVICE = "google.ai.generativelanguage.v1beta.GenerativeService"
_STATUS = {
    400: grpc.StatusCode.INVALID_ARGUMENT,
    401: grpc.StatusCode.UNAUTHENTICATED,
    403: grpc.StatusCode.PERMISSION_DENIED,
    404: grpc.StatusCode.NOT_FOUND,
    429: grpc.StatusCode.RESOURCE_EXHAUSTED,
    500: grpc.StatusCode.INTERNAL,
    504: grpc.StatusCode.DEADLINE_EXCEEDED,
}


class Bridge:
    """A gRPC server on loopback that asks a wire server.

    Args:
        url: The wire server's address for this provider.
    """

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._idle: list[http.client.HTTPConnection] = []
        self._threads = ThreadPoolExecutor(8)
        self._server = grpc.server(self._threads)
        methods = {
            "StreamGenerateContent": grpc.unary_stream_rpc_method_handler(self._stream),
            "GenerateContent": grpc.unary_unary_rpc_method_handler(self._whole),
        }
        handler = grpc.method_handlers_generic_handler(SERVICE, methods)
        self._server.add_generic_rpc_handlers((handler,))
        self.target = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def stop(self) -> None:
        """End the server and its connections."""
        self._server.stop(None).wait()
        # The calls are over by now; what served them may not be.
        self._threads.shutdown()
        for connection in self._idle:
            connection.close()

    def _stream(self, request: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
        yield from self._answers(request, "streamGenerateContent?alt=sse", context)

    def _whole(self, request: bytes, context: grpc.ServicerContext) -> bytes:
        (answer,) = self._answers(request, "generateContent", context)
        return answer

    def _answers(
        self, request: bytes, method: str, context: grpc.ServicerContext
    ) -> Iterator[bytes]:
        message = GenerateContentRequest.pb(GenerateContentRequest.deserialize(request))
        body = json.dumps(json_format.MessageToDict(message))
        path = f"{self._url.path}/v1beta/{message.model}:{method}"
        host, port = self._url.hostname, self._url.port
        assert host is not None
        connection = self._idle.pop() if self._idle else http.client.HTTPConnection(host, port)
        running = threading.Event()
        running.set()
        # It is called when the call ends, too; the connection is another call's by then.
        context.add_callback(lambda: _cut(connection) if running.is_set() else None)
        try:
            if connection.sock is None:
                connection.connect()
            if not context.is_active():
                # It ended before there was a connection to cut.
                connection.close()
                return
            connection.request("POST", path, body, {"content-type": "application/json"})
            response = connection.getresponse()
            if response.status != http.client.OK:
                context.abort(_status(response.status), response.read().decode())
            if "stream" not in method:
                yield _message(json.loads(response.read()))
            elif "event-stream" in response.headers["content-type"]:
                yield from _events(response, context)
            elif "json" in response.headers["content-type"]:
                yield from _items(json.loads(response.read()), context)
            else:
                _fail({}, context)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            context.abort(grpc.StatusCode.UNAVAILABLE, repr(error))
        except BaseException:
            connection.close()
            raise
        finally:
            running.clear()
        if context.is_active():
            self._idle.append(connection)
        else:
            # It may have been cut.
            connection.close()


def _lines(response: http.client.HTTPResponse) -> Iterator[str]:
    rest = b""
    while piece := response.read1():
        *lines, rest = (rest + piece).split(b"\n")
        yield from (line.decode() for line in lines)
    yield rest.decode()


def _events(response: http.client.HTTPResponse, context: grpc.ServicerContext) -> Iterator[bytes]:
    data, rest = "", ""
    for line in _lines(response):
        if line.startswith("data:"):
            data += line[5:]
        elif line.strip() and not line.startswith(":"):
            rest += line
        elif data:
            yield _message(json.loads(data))
            data = ""
    if data:
        yield _message(json.loads(data))
    if rest:
        _fail(json.loads(rest) if rest.startswith("{") else {}, context)


def _items(items: list[Any], context: grpc.ServicerContext) -> Iterator[bytes]:
    """The messages of a recorded array; no script is played as one here."""
    for item in items:
        if "error" in item:
            _fail(item, context)
        yield _message(item)


def _fail(answer: dict[str, Any], context: grpc.ServicerContext) -> None:
    error = answer.get("error", {})
    context.abort(_status(error.get("code", 503)), error.get("message", "no event stream"))


def _message(answer: dict[str, Any]) -> bytes:
    made = GenerateContentResponse.pb(GenerateContentResponse())
    json_format.ParseDict(answer, made, ignore_unknown_fields=True)
    message: bytes = made.SerializeToString()
    return message


def _status(code: int) -> grpc.StatusCode:
    return _STATUS.get(code, grpc.StatusCode.UNAVAILABLE)


def _cut(connection: http.client.HTTPConnection) -> None:
    """End a connection that another thread reads."""
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


class RestModel(GenerativeModel):
    """A model object over REST, with a service client of its own."""

    def __init__(self, url: str) -> None:
        super().__init__("test-model")
        options = {"api_endpoint": url, "api_key": "test"}
        self._client = GenerativeServiceClient(transport="rest", client_options=options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self._client.transport.close()


class GrpcModel(GenerativeModel):
    """A model object over gRPC, with a channel of its own."""

    def __init__(self, url: str) -> None:
        super().__init__("test-model")
        self._bridge = Bridge(url)
        channel = grpc.insecure_channel(self._bridge.target)
        transport = transports.GenerativeServiceGrpcTransport(channel=channel)
        self._client = GenerativeServiceClient(transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self._client.transport.close()
        self._bridge.stop()


class _Service:
    """The asynchronous service client of one model object and its copies, made in a loop."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.bridge: Bridge | None = None
        self.client: Any = None

    def get(self) -> Any:
        if self.client is None:
            self.bridge = Bridge(self.url)
            channel = grpc.aio.insecure_channel(self.bridge.target)
            transport = transports.GenerativeServiceGrpcAsyncIOTransport(channel=channel)
            self.client = GenerativeServiceAsyncClient(transport=transport)
        return self.client


class AsyncGrpcModel(GenerativeModel):
    """A model object over gRPC, asynchronous; its channel is made when it is first used."""

    def __init__(self, url: str) -> None:
        super().__init__("test-model")
        self._service = _Service(url)
        with contextlib.suppress(RuntimeError):
            # Where a loop runs already, a time limit need not include the start of a server.
            asyncio.get_running_loop()
            self._service.get()

    @property
    def _async_client(self) -> Any:
        return self.__dict__.get("_own") or self._service.get()

    @_async_client.setter
    def _async_client(self, client: Any) -> None:
        self.__dict__["_own"] = client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *details: object) -> None:
        if self._service.client is not None:
            await self._service.client.transport.close()
        if self._service.bridge is not None:
            self._service.bridge.stop()
