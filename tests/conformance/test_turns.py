"""What goes back to the provider after an answer, and what a cut-off answer leaves behind."""

from __future__ import annotations

from typing import Any

import pytest

from mirascope.core import Messages
from mirascope.core.errors import ToolArgumentsError
from mirascope.core.testing import Answer, Cut, ToolCall, WireServer
from tests.support.playing import ask, play
from tests.support.providers import Provider
from tests.support.requests import REFUSING, sent_texts


def shout(text: str = "nothing") -> str:
    """Say it loudly."""
    return text.upper()


SHOUT = ToolCall(name="shout", arguments={"text": "hi"}, pieces=3, id="call_1")


def test_an_empty_answer_can_be_followed(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A model that says nothing leaves a history that can be sent, with no empty part in it."""
    server.play(Answer(text=[]), Answer(text=["Done."]), Answer(text=["Done."]))
    response = ask(provider, colour, server)

    for message in (response.message_param, response.common_message_param):
        history = [*response.messages, message, Messages.User("Go on.")]
        assert "Done." == provider.continue_with(server, history, colour=colour)

        if provider.name in REFUSING:
            assert all(text and text.strip() for text in sent_texts(server.requests[-1]))


def test_tool_results_are_not_the_users_message(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A loop that keeps its history by `user_message_param` does not keep results twice."""
    server.play(Answer(tools=[SHOUT]), Answer(text=["Done."]))
    first = play(provider, colour, server, tools=[shout])
    stream = first.stream
    assert stream.user_message_param is not None
    history = [stream.user_message_param, stream.message_param]
    history += stream.tool_message_params([(tool, tool.call()) for tool in first.tools])

    response = provider.asked_with(server, history, colour=colour)

    assert "Done." == response.content
    assert response.user_message_param is None


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["out"], "'out'"),
        (("shout", "out"), "'shout'"),
        ([("shout", "out")], r"\('shout', 'out'\)"),
    ],
)
def test_outputs_stand_beside_their_tools(provider: Provider, given: Any, shown: str) -> None:
    """What is no pair of a tool and its output is told in words."""
    response = provider.adapter.response

    with pytest.raises(TypeError, match=rf"takes pairs of a tool and .*; got {shown}\."):
        response.tool_message_params(given)


def test_a_call_that_was_cut_off_before_its_arguments(
    provider: Provider, colour: str, server: WireServer
) -> None:
    """A tool whose arguments never came is not one to run, though it could do without them."""
    if "cut_arguments" in provider.lacks:
        pytest.skip(f"{provider.name} sends arguments whole, as an object")
    call = ToolCall(name="shout", pieces=["", '{"text": "hi"}'], id="call_1")
    errors = []
    for after in range(1, 9):
        server.play(Answer(tools=[call], faults=[Cut(after=after, how="clean")]))
        outcome = play(provider, colour, server, tools=[shout])
        if outcome.tools and outcome.error is not None:
            errors.append(outcome.tools[0].error)

    cut = [error for error in errors if error is not None]
    assert cut
    assert all(isinstance(error, ToolArgumentsError) for error in cut)
    assert any("cut off before they began" in str(error) for error in cut)


@pytest.mark.parametrize("how", ["close", "reset"])
def test_what_was_held_is_shown_when_the_connection_fails(
    provider: Provider, colour: str, how: Any, server: WireServer
) -> None:
    """Each step that the answer's state is made of was given, the finish with its tools too."""
    errors = []
    for after in range(1, 9):
        server.play(Answer(text=["a"], tools=[SHOUT], faults=[Cut(after=after, how=how)]))

        outcome = play(provider, colour, server, tools=[shout])

        finishes = [chunk.finish_reasons for chunk, _ in outcome.steps if chunk.finish_reasons]
        assert (outcome.stream.finish_reasons is not None) == bool(finishes)
        assert outcome.tools == (outcome.stream.tools or [])
        errors.append(outcome.error)

    assert any(errors)
