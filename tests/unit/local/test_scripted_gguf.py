"""The scripted model's text is cut into pieces that the real tokenizer can hold apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.scripted_gguf import TEXT, ToolCall, cut, write_scripted_gguf


@given(st.text(min_size=1).filter(lambda text: text != "\n"))
def test_pieces_give_the_text_and_never_repeat(text: str) -> None:
    """Joined, the pieces are the text; apart, they are all different."""
    pieces = cut(text, used={b"\n"})
    assert text.encode() == b"".join(pieces)
    assert len(pieces) == len({b"\n", *pieces}) - 1


def test_characters_are_cut_into_their_bytes() -> None:
    """The default text holds a character whose bytes come one by one."""
    assert cut(TEXT, used=set())[-4:] == [b" \xf0", b"\x9f", b"\x93", b"\x96"]


@pytest.mark.parametrize("text", ["", "\n"])
def test_what_cannot_be_said(text: str) -> None:
    """No text, or a text that was used before, is refused."""
    with pytest.raises(ValueError, match="cannot be cut"):
        cut(text, used={b"\n"})


def test_the_file_is_the_same_every_time(tmp_path: Path) -> None:
    """The same script gives the same bytes, and another script others."""
    call = ToolCall("get_book", {"title": "Dune"})
    first = write_scripted_gguf(tmp_path / "a.gguf", tool_call=call).read_bytes()
    again = write_scripted_gguf(tmp_path / "b.gguf", tool_call=call).read_bytes()
    other = write_scripted_gguf(tmp_path / "c.gguf", text="Dune").read_bytes()
    assert first == again
    assert first[:4] == other[:4] == b"GGUF"
    assert first != other
