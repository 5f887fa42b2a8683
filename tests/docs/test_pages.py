"""Every Python block of every page runs, and prints what it says it prints."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from mirascope.core.testing import WireServer
from tests.docs.pages import PAGES, ROOT, Block, blocks, run
from tests.support.scripted_gguf import write_scripted_gguf
from tests.support.versions import older_sdks

_LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"#+ +(?P<title>.+)")
_PUNCTUATION = re.compile(r"[^\w\- ]")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def server() -> Iterator[WireServer]:
    """A server of this page's own, which the SDKs find through their environment variables."""
    with WireServer() as server, server.patched_environ():
        yield server


@pytest.fixture
def scripted_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scripted model in place of the one that would be fetched; all else is real."""
    if importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp has no wheel for this platform")
    from mirascope.core import local

    path = write_scripted_gguf(tmp_path / "scripted.gguf")
    monkeypatch.setattr(local, "server", partial(local.server, path))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_blocks_of_a_page_run(
    page: Path, server: WireServer, request: pytest.FixtureRequest
) -> None:
    """A reader who copies a page's blocks in order has a program that works."""
    if older := ", ".join(older_sdks().values()):
        pytest.skip(older)
    text = page.read_text(encoding="utf-8")
    if "local.server(" in text:
        request.getfixturevalue("scripted_model")

    assert text.count("```python") == run(text, page, server)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that is there, and a heading in it."""
    broken: list[str] = []
    for link in _LINK.finditer(page.read_text(encoding="utf-8")):
        target, _, anchor = link["target"].partition("#")
        if "://" in target:
            continue
        path = page.parent / target if target else page
        if not path.exists() or (anchor and anchor not in _anchors(path)):
            broken.append(link["target"])

    assert broken == []


def _anchors(page: Path) -> set[str]:
    lines = page.read_text(encoding="utf-8").splitlines()
    titles = (match["title"] for line in lines if (match := _HEADING.fullmatch(line)))
    return {_PUNCTUATION.sub("", title.lower()).replace(" ", "-") for title in titles}


PAGE = """
Text, and `code`.

```bash
pip install it
```

<!-- alone -->
<!-- plays: cut -->
```python
print("a")
# > a
```

1. A block in a list:

   ```python
   b = 1
   ```
"""


def test_blocks_are_found_with_their_instructions() -> None:
    """A block knows its language, its line, its code and how it is to be run."""
    expected = [
        Block(language="bash", line=5, code="pip install it\n"),
        Block(language="python", line=11, code='print("a")\n# > a\n', alone=True, script="cut"),
        Block(language="python", line=18, code="b = 1\n"),
    ]

    assert expected == list(blocks(PAGE))


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("```python\n1", "line 1: the block is not closed"),
        ("<!-- alnoe -->\n```python\n```", "'<!-- alnoe -->' is no instruction"),
        ("<!-- plays: nothing -->\n```python\n```", "'<!-- plays: nothing -->' is no instruction"),
    ],
)
def test_a_mistake_in_a_page_is_reported(page: str, message: str) -> None:
    """A misspelt instruction is not passed over in silence."""
    with pytest.raises(ValueError, match=re.escape(message)):
        list(blocks(page))


@pytest.mark.parametrize(
    ("page", "error"),
    [
        ("```python\nprint('a')\n# > b\n```", AssertionError),
        ("```python\n# > b\n```", AssertionError),
        ("```python\na = 1\n```\n<!-- alone -->\n```python\na\n```", NameError),
        ("```python\nraise KeyError\n```", KeyError),
    ],
)
def test_a_page_that_is_wrong_fails(page: str, error: type[Exception], server: WireServer) -> None:
    """Another output, a name of a block that is not shared, and any exception are failures."""
    with pytest.raises(error):
        run(page, Path("page.md"), server)


def test_blocks_share_a_module_and_see_the_server(server: WireServer) -> None:
    """A later block goes on where an earlier one stopped, and the model answers."""
    page = """
```python
from mirascope.core import openai


@openai.call("gpt-4o-mini", stream=True)
def recommend() -> str:
    return "Recommend a book"
```

```python
for chunk, _ in recommend():
    print(chunk.content, end="")
# > The Name of the Wind by Patrick Rothfuss
```
"""
    assert 2 == run(page, Path("page.md"), server)
    assert 1 == len(server.requests)
