"""Scripted answers over the providers' real wire protocols, on loopback: to test programs with.

A `WireServer` is what a provider's SDK talks to in place of the provider. It is told what the
model says (`Answer`), what goes wrong (`Failure`, `Hangup`, the faults), or plays recorded bytes
(`Raw`), and it notes what was asked. Nothing of an SDK is replaced or patched.
"""

from __future__ import annotations

from ._addresses import Provider
from ._faults import Cut, ErrorEvent, Fault, Pause
from ._reply import Script, ScriptFunction, Step, render
from ._request import Headers, Request
from ._script import Answer, Chunking, Delivery, Failure, Hangup, Raw, ToolCall, Usage
from ._server import WireServer

__all__ = [
    "Answer",
    "Chunking",
    "Cut",
    "Delivery",
    "ErrorEvent",
    "Failure",
    "Fault",
    "Hangup",
    "Headers",
    "Pause",
    "Provider",
    "Raw",
    "Request",
    "Script",
    "ScriptFunction",
    "Step",
    "ToolCall",
    "Usage",
    "WireServer",
    "render",
]
