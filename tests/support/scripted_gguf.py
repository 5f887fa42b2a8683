"""Writes a tiny GGUF whose answers are known, for the real llama.cpp server to load.

Strategy: a valid `llama` network of one layer whose attention and feed-forward weights are
zero, so that what goes into it comes out. The embedding of a token is a random code of +1 and
-1; the output row of a token is the code of its predecessor in the script. Codes are nearly
orthogonal, so every token votes for exactly one successor, whatever the temperature. Tokenizer,
sampler, grammar, chat parser and event stream are the server's own; only the mind is fake.

Rules: a state is a token, so no token may appear twice. The text is cut into small pieces, and a
piece that was used already grows until it is new. Characters of several bytes are cut into their
bytes where that is possible: the server has to hold back incomplete ones. Standard library only.
"""

from __future__ import annotations

import json
import random
import re
import struct
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

__all__ = ["TEXT", "ToolCall", "cut", "write_scripted_gguf"]

TEXT = "The Name of the Wind by Patrick Rothfuss. Voilà 📖"
"""What the model says if nothing else is asked of it."""

_END = "<|im_end|>"
_USE_TOOL = "<|use_tool|>"
_OPEN_CALL = "<tool_call>"
_CLOSE_CALL = "</tool_call>"
_CONTROL, _USER_DEFINED, _NORMAL = 3, 4, 1
_SPECIAL: Mapping[str, int] = {
    "<|endoftext|>": _CONTROL,
    "<|im_start|>": _CONTROL,
    _END: _CONTROL,
    _USE_TOOL: _CONTROL,
    # Kept as text in the answer, where the server's parser looks for them.
    _OPEN_CALL: _USER_DEFINED,
    _CLOSE_CALL: _USER_DEFINED,
}
_DIMENSIONS = 128
_FEED_FORWARD = 32
_HEADS = 4
_CONTEXT = 65_536
_ALIGNMENT = 32
_SEED = 7
# Temperature 1 leaves a probability of e**-30 for anything but the successor.
_STRENGTH = 0.4
_MIDDLE = 4.0
# The prompt ends in this byte, so it stands for "begin to speak".
_START = b"\n"

_TEMPLATE = """\
{%- for m in messages -%}
{%- if m.role == "assistant" -%}
{{- "<|im_start|>assistant\\n" -}}{{- m.content or "" -}}
{%- for c in m.tool_calls or [] -%}
{{- "<tool_call>\\n{\\"name\\": \\"" + c.function.name + "\\", \\"arguments\\": " -}}
{%- if c.function.arguments is string -%}{{- c.function.arguments -}}
{%- else -%}{{- c.function.arguments | tojson -}}{%- endif -%}
{{- "}\\n</tool_call>" -}}
{%- endfor -%}
{{- "<|im_end|>\\n" -}}
{%- elif m.role == "tool" -%}{{- "<|im_start|>user\\n" + m.content + "<|im_end|>\\n" -}}
{%- else -%}{{- "<|im_start|>" + m.role + "\\n" + m.content + "<|im_end|>\\n" -}}
{%- endif -%}
{%- endfor -%}
{%- for t in tools or [] -%}{{- t | tojson -}}{%- endfor -%}
{%- if add_generation_prompt -%}
{{- "<|im_start|>assistant\\n" -}}
{%- if tools and messages[-1].role != "tool" -%}{{- "<|use_tool|>" -}}{%- endif -%}
{%- endif -%}
"""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The call the model makes when it is offered tools.

    Attributes:
        name: The tool's name; it has to be one of those offered.
        arguments: The arguments, in the order of the tool's schema.
    """

    name: str
    arguments: Mapping[str, Any]

    def json(self) -> str:
        """The call as the model writes it."""
        arguments = json.dumps(self.arguments, ensure_ascii=False)
        return f'{{"name": {json.dumps(self.name)}, "arguments": {arguments}}}'


def write_scripted_gguf(
    path: Path, *, text: str = TEXT, tool_call: ToolCall | None = None, endless: bool = False
) -> Path:
    """Write the model file.

    Args:
        path: The file to create.
        text: What the model answers, whatever it is asked.
        tool_call: What it answers instead when tools are offered and the last message is not a
            tool's result. By default that is `text` as well.
        endless: Whether the text starts over until something stops it.

    Returns:
        `path`.

    Raises:
        ValueError: The text is empty, or cannot be cut into pieces of which none repeats.
    """
    used = {_START, *(token.encode() for token in _SPECIAL)}
    spoken = [_spell(piece) for piece in cut(text, used=used)]
    chain = [_spell(_START), *spoken, spoken[0] if endless else _END]
    follows = dict(pairwise(chain))
    if tool_call is None:
        follows[_USE_TOOL] = spoken[0]
    else:
        pieces = cut(f"\n{tool_call.json()}\n", used=used)
        call = [_USE_TOOL, _OPEN_CALL, *(_spell(piece) for piece in pieces), _CLOSE_CALL, _END]
        follows |= dict(pairwise(call))
    bytes_ = [_spell(bytes([value])) for value in range(256)]
    vocabulary = list(dict.fromkeys([*_SPECIAL, *bytes_, *follows]))
    path.write_bytes(_model(vocabulary, follows).encode())
    return path


def cut(text: str, *, used: set[bytes]) -> list[bytes]:
    """Cut a text into small pieces of which none repeats.

    Args:
        text: What the pieces give when joined.
        used: Pieces that may not be used; those of the result are added.

    Raises:
        ValueError: The text is empty, or consists of what was used before.
    """
    pieces: list[bytes] = []
    pending = b""

    def keep_if_new(piece: bytes) -> bytes:
        if piece in used:
            return piece
        used.add(piece)
        pieces.append(piece)
        return b""

    for part in _parts(text):
        pending = keep_if_new(pending + part)
    while pending and pieces:
        # The rest repeats an earlier piece: it joins its neighbour.
        pending = keep_if_new(pieces.pop() + pending)
    if not pieces:
        raise ValueError(f"{text!r} cannot be cut into pieces that were not used before")
    return pieces


def _parts(text: str) -> Iterable[bytes]:
    for word in re.findall(r"[^\W\d_]+ ?|.", text, re.DOTALL):
        if word.isascii():
            yield word.encode()
        else:
            yield from (bytes([value]) for value in word.encode())


def _spell(piece: bytes) -> str:
    return "".join(_BYTE_SPELLING[value] for value in piece)


def _byte_spelling() -> list[str]:
    """The printable character for each byte, as in every byte-level vocabulary."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    return [chr(value if value in printable else next(others)) for value in range(256)]


_BYTE_SPELLING = _byte_spelling()


def _model(vocabulary: Sequence[str], follows: Mapping[str, str]) -> _Gguf:
    ids = {token: index for index, token in enumerate(vocabulary)}
    signs = random.Random(_SEED)
    codes = [
        array("f", [*(signs.choice((-1.0, 1.0)) for _ in range(_DIMENSIONS - 1)), _MIDDLE])
        for _ in vocabulary
    ]
    votes = [array("f", bytes(4 * _DIMENSIONS)) for _ in vocabulary]
    for token, successor in follows.items():
        row, code = votes[ids[successor]], codes[ids[token]]
        for position in range(_DIMENSIONS - 1):
            row[position] += _STRENGTH * code[position]
    model = _Gguf()
    _describe(model, vocabulary, ids)
    model.tensor("token_embd.weight", (_DIMENSIONS, len(vocabulary)), codes)
    model.tensor("output.weight", (_DIMENSIONS, len(vocabulary)), votes)
    _add_layer(model)
    return model


def _describe(model: _Gguf, vocabulary: Sequence[str], ids: Mapping[str, int]) -> None:
    model.string("general.architecture", "llama")
    model.string("general.name", "scripted")
    for key, value in {
        "block_count": 1,
        "context_length": _CONTEXT,
        "embedding_length": _DIMENSIONS,
        "feed_forward_length": _FEED_FORWARD,
        "attention.head_count": _HEADS,
        "attention.head_count_kv": _HEADS,
        "rope.dimension_count": _DIMENSIONS // _HEADS,
        "vocab_size": len(vocabulary),
    }.items():
        model.u32(f"llama.{key}", value)
    model.f32("llama.attention.layer_norm_rms_epsilon", 1e-5)
    model.f32("llama.rope.freq_base", 10_000.0)
    model.string("tokenizer.ggml.model", "gpt2")
    model.string("tokenizer.ggml.pre", "smollm")
    model.strings("tokenizer.ggml.tokens", vocabulary)
    model.i32s("tokenizer.ggml.token_type", [_SPECIAL.get(t, _NORMAL) for t in vocabulary])
    # A vocabulary needs one merge; this one joins two bytes that no UTF-8 text holds.
    model.strings("tokenizer.ggml.merges", [f"{_BYTE_SPELLING[254]} {_BYTE_SPELLING[255]}"])
    for key, token in (("bos", "<|im_start|>"), ("eos", _END), ("padding", _END)):
        model.u32(f"tokenizer.ggml.{key}_token_id", ids[token])
    model.boolean("tokenizer.ggml.add_bos_token", value=False)
    model.boolean("tokenizer.ggml.add_space_prefix", value=False)
    model.string("tokenizer.chat_template", _TEMPLATE)


def _add_layer(model: _Gguf) -> None:
    ones = [array("f", [1.0] * _DIMENSIONS)]
    model.tensor("output_norm.weight", (_DIMENSIONS,), ones)
    for norm in ("attn_norm", "ffn_norm"):
        model.tensor(f"blk.0.{norm}.weight", (_DIMENSIONS,), ones)
    for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
        model.zeros(f"blk.0.{name}.weight", (_DIMENSIONS, _DIMENSIONS))
    model.zeros("blk.0.ffn_gate.weight", (_DIMENSIONS, _FEED_FORWARD))
    model.zeros("blk.0.ffn_up.weight", (_DIMENSIONS, _FEED_FORWARD))
    model.zeros("blk.0.ffn_down.weight", (_FEED_FORWARD, _DIMENSIONS))


@dataclass(slots=True)
class _Gguf:
    """A file in GGUF version 3: a header, typed metadata, and aligned tensors of 32-bit floats."""

    metadata: list[bytes] = field(default_factory=list[bytes])
    tensors: list[tuple[str, tuple[int, ...], bytes]] = field(
        default_factory=list[tuple[str, tuple[int, ...], bytes]]
    )

    def u32(self, key: str, value: int) -> None:
        self.metadata.append(_text(key) + struct.pack("<II", 4, value))

    def f32(self, key: str, value: float) -> None:
        self.metadata.append(_text(key) + struct.pack("<If", 6, value))

    def boolean(self, key: str, *, value: bool) -> None:
        self.metadata.append(_text(key) + struct.pack("<IB", 7, value))

    def string(self, key: str, value: str) -> None:
        self.metadata.append(_text(key) + struct.pack("<I", 8) + _text(value))

    def strings(self, key: str, values: Sequence[str]) -> None:
        head = _text(key) + struct.pack("<IIQ", 9, 8, len(values))
        self.metadata.append(head + b"".join(map(_text, values)))

    def i32s(self, key: str, values: Sequence[int]) -> None:
        head = _text(key) + struct.pack("<IIQ", 9, 5, len(values))
        self.metadata.append(head + struct.pack(f"<{len(values)}i", *values))

    def tensor(self, name: str, shape: tuple[int, ...], rows: Iterable[array[float]]) -> None:
        """Add a tensor; the shape names the fastest-varying dimension first."""
        data = b"".join(struct.pack(f"<{len(row)}f", *row) for row in rows)
        self.tensors.append((name, shape, data))

    def zeros(self, name: str, shape: tuple[int, int]) -> None:
        self.tensors.append((name, shape, bytes(4 * shape[0] * shape[1])))

    def encode(self) -> bytes:
        head = b"GGUF" + struct.pack("<IQQ", 3, len(self.tensors), len(self.metadata))
        index, body = b"", b""
        for name, shape, data in self.tensors:
            dimensions = struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
            index += _text(name) + dimensions + struct.pack("<IQ", 0, len(body))
            body += _padded(data)
        return _padded(head + b"".join(self.metadata) + index) + body


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNMENT)
