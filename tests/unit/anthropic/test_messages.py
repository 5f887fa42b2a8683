"""Messages and their parts in Anthropic's words."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core import (
    AudioPart,
    AudioURLPart,
    BaseMessageParam,
    CacheControlPart,
    DocumentPart,
    DocumentURLPart,
    ImagePart,
    ImageURLPart,
    Messages,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from mirascope.core.anthropic._messages import encode_messages

PNG = {"type": "base64", "media_type": "image/png", "data": "eA=="}
PDF = {"type": "base64", "media_type": "application/pdf", "data": "eA=="}
TEXT = {"type": "text", "media_type": "text/plain", "data": "x"}


def blocks(*parts: Any, role: str = "user") -> list[Any]:
    """The blocks of one message."""
    _, (message,) = encode_messages([BaseMessageParam(role=role, content=parts)])
    return message["content"]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (TextPart(text="x"), {"type": "text", "text": "x"}),
        (ImagePart(media_type="image/png", image=b"x"), {"type": "image", "source": PNG}),
        (ImageURLPart(url="data:image/png;base64,eA=="), {"type": "image", "source": PNG}),
        (
            ImagePart(media_type="image/jpg", image=b"x"),
            {"type": "image", "source": {**PNG, "media_type": "image/jpeg"}},
        ),
        (
            ImageURLPart(url="https://x/y.png"),
            {"type": "image", "source": {"type": "url", "url": "https://x/y.png"}},
        ),
        (
            DocumentPart(media_type="application/pdf", document=b"x"),
            {"type": "document", "source": PDF},
        ),
        (
            DocumentPart(media_type="text/plain", document=b"x"),
            {"type": "document", "source": TEXT},
        ),
        (
            DocumentURLPart(url="data:application/pdf;base64,eA=="),
            {"type": "document", "source": PDF},
        ),
        (
            DocumentURLPart(url="https://x/y.pdf"),
            {"type": "document", "source": {"type": "url", "url": "https://x/y.pdf"}},
        ),
    ],
)
def test_parts(part: Any, expected: dict[str, Any]) -> None:
    """Texts, images and documents, given or by their address."""
    assert [expected] == blocks(part)


@pytest.mark.parametrize(
    ("part", "named"),
    [
        (AudioPart(media_type="audio/wav", audio=b"x"), "AudioPart"),
        (AudioURLPart(url="https://x/y.wav"), "AudioURLPart"),
        (ImagePart(media_type="image/heic", image=b"x"), "image/heic"),
        (DocumentPart(media_type="application/zip", document=b"x"), "application/zip"),
    ],
)
def test_what_anthropic_does_not_take(part: Any, named: str) -> None:
    """A part without a word for it is refused by its name."""
    with pytest.raises(ValueError, match=named):
        blocks(part)


@pytest.mark.parametrize("part", [ImageURLPart(url="https://x/y"), ToolCallPart(name="now")])
def test_a_system_message_is_text(part: Any) -> None:
    """What is no text is refused in a system message."""
    with pytest.raises(ValueError, match=type(part).__name__):
        encode_messages([BaseMessageParam(role="system", content=[part])])


def test_cache_marks_go_on_the_block_before() -> None:
    """A mark belongs to what it follows, in any message; one at the start marks nothing."""
    mark = CacheControlPart()
    system = BaseMessageParam(role="system", content=[mark, TextPart(text="a"), mark])
    result = ToolResultPart(name="now", content="noon", id="call_1")
    user = BaseMessageParam(role="user", content=[TextPart(text="b"), mark, result, mark])
    cached = {"cache_control": {"type": "ephemeral"}}

    system_blocks, (message,) = encode_messages([system, user])

    assert [{"type": "text", "text": "a", **cached}] == system_blocks
    assert [
        {"type": "tool_result", "tool_use_id": "call_1", "content": "noon", **cached},
        {"type": "text", "text": "b", **cached},
    ] == message["content"]


def test_results_of_a_turn_go_in_one_message() -> None:
    """Results of parallel calls, one message each elsewhere, are one message of the user's."""
    calls = [ToolCallPart(name="f", args={"x": n}, id=f"call:{n}") for n in (1, 2)]
    results = [
        BaseMessageParam(
            role="tool", content=[ToolResultPart(name="f", content={"y": n}, id=f"call:{n}")]
        )
        for n in (1, 2)
    ]

    _, messages = encode_messages(
        [BaseMessageParam(role="assistant", content=calls), *results, Messages.User("Go on.")]
    )

    assert [
        {
            "role": "assistant",
            "content": [
                {"type": "tool_use", "id": "call_1", "name": "f", "input": {"x": 1}},
                {"type": "tool_use", "id": "call_2", "name": "f", "input": {"x": 2}},
            ],
        },
        {
            "role": "user",
            "content": [
                {"type": "tool_result", "tool_use_id": "call_1", "content": '{"y":1}'},
                {"type": "tool_result", "tool_use_id": "call_2", "content": '{"y":2}'},
            ],
        },
        {"role": "user", "content": "Go on."},
    ] == messages


def test_calls_without_ids_get_them() -> None:
    """Calls of a provider without ids are matched with their results by name, in order."""
    calls = [ToolCallPart(name=name) for name in ("f", "g", "f")]
    results = [
        ToolResultPart(name="g", content="G"),
        ToolResultPart(name="f", content="F1"),
        ToolResultPart(content="F2", is_error=True),
    ]

    _, (assistant, user) = encode_messages(
        [
            BaseMessageParam(role="assistant", content=calls),
            BaseMessageParam(role="tool", content=results),
        ]
    )

    first, second, third = (block["id"] for block in assistant["content"])
    assert 3 == len({first, second, third})
    assert [(second, "G"), (first, "F1"), (third, "F2")] == [
        (block["tool_use_id"], block["content"]) for block in user["content"]
    ]
    assert [None, None, True] == [block.get("is_error") for block in user["content"]]


def test_a_result_without_a_call() -> None:
    """A result that belongs to nothing is refused by its name."""
    with pytest.raises(ValueError, match="'now'"):
        blocks(ToolResultPart(name="now", content="noon"))


@pytest.mark.parametrize("role", ["user", "assistant"])
def test_blank_text_is_left_out(role: str) -> None:
    """Its cache mark goes on the block before."""
    parts = [TextPart(text=""), TextPart(text="a"), TextPart(text=" \n"), CacheControlPart()]

    block = {"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}}
    assert [block] == blocks(*parts, role=role)


@pytest.mark.parametrize(
    "message",
    [
        Messages.System(""),
        Messages.System(" "),
        BaseMessageParam(role="system", content=[TextPart(text="\n"), CacheControlPart()]),
        BaseMessageParam(role="assistant", content=" "),
        BaseMessageParam(role="assistant", content=[TextPart(text=" ")]),
        {"role": "assistant", "content": ()},
    ],
)
def test_a_message_that_says_nothing_is_left_out(message: Any) -> None:
    """Anthropic takes no blank text, in system prompts and answers either."""
    assert ([], []) == encode_messages([message])


def test_a_blank_question_goes_as_it_is() -> None:
    """Nothing is asked, and it is for Anthropic to say so."""
    assert [{"type": "text", "text": " "}] == blocks(TextPart(text=" "), CacheControlPart())


def test_a_message_without_parts_is_left_out() -> None:
    """Anthropic takes no empty message."""
    assert ([], []) == encode_messages([BaseMessageParam(role="user", content=[])])
