"""Templates rendered to parts: images, audio, documents, texts and cache marks."""

from __future__ import annotations

import base64
from types import SimpleNamespace

import pytest
from PIL import Image

from mirascope.core.base._template import compile_template
from mirascope.core.base.message_param import (
    AudioPart,
    AudioURLPart,
    CacheControlPart,
    DocumentPart,
    DocumentURLPart,
    ImagePart,
    ImageURLPart,
    TextPart,
)
from mirascope.core.errors import PromptError

GIF = b"GIF89a"
IMAGE = ImagePart(media_type="image/gif", image=GIF)
URL = ImageURLPart(url="https://x.org/a.png")


def content_of(template, **values):
    (message,) = compile_template(template).render(values)
    return message.content


def data_url(media_type, data):
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize(
    ("spec", "value", "expected"),
    [
        ("image", "https://x.org/a.png", URL),
        ("image", "HTTP://x.org", ImageURLPart(url="HTTP://x.org")),
        ("image", "gs://b/a.png", ImageURLPart(url="gs://b/a.png")),
        ("image(detail=low)", URL.url, ImageURLPart(url=URL.url, detail="low")),
        ("image( detail = low , )", URL, ImageURLPart(url=URL.url, detail="low")),
        ("image()", URL, URL),
        ("image", IMAGE, IMAGE),
        ("image", ImagePart(media_type="a", image=b"", detail="x"),
         ImagePart(media_type="a", image=b"", detail="x")),
        ("image", GIF, IMAGE),
        ("image", bytearray(GIF), IMAGE),
        ("image", data_url("image/avif", b"?"), ImagePart(media_type="image/avif", image=b"?")),
        ("image", data_url("", GIF), IMAGE),
        ("image", data_url("application/octet-stream", GIF), IMAGE),
        ("image(detail=high)", GIF, ImagePart(media_type="image/gif", image=GIF, detail="high")),
        ("audio", "https://x.org/a.wav", AudioURLPart(url="https://x.org/a.wav")),
        ("audio", b"OggS", AudioPart(media_type="audio/ogg", audio=b"OggS")),
        ("audio", data_url("audio/x-own", b"?"), AudioPart(media_type="audio/x-own", audio=b"?")),
        ("document", "gs://b/a.pdf", DocumentURLPart(url="gs://b/a.pdf")),
        ("document", b"%PDF-", DocumentPart(media_type="application/pdf", document=b"%PDF-")),
        ("document", "data:text/plain,hi", DocumentPart(media_type="text/plain", document=b"hi")),
        ("text", "hi {x}", TextPart(text="hi {x}")),
        ("text", TextPart(text=" hi "), TextPart(text=" hi ")),
        ("part", CacheControlPart(cache_type="x"), CacheControlPart(cache_type="x")),
    ],
)  # fmt: skip
def test_one_part(spec, value, expected):
    """A value becomes the part its specification names."""
    assert [expected] == content_of(f"{{x:{spec}}}", x=value)


@pytest.mark.parametrize(
    ("keyword", "value", "expected"),
    [
        ("images", [URL, None, GIF], [URL, IMAGE]),
        ("audios", (b"fLaC",), [AudioPart(media_type="audio/flac", audio=b"fLaC")]),
        ("documents", ["https://x.org"], [DocumentURLPart(url="https://x.org")]),
        ("texts", ["a", "", "b"], [TextPart(text="a"), TextPart(text="b")]),
        ("parts", [URL, TextPart(text="a")], [URL, TextPart(text="a")]),
    ],
)
def test_several_parts(keyword, value, expected):
    """The plural takes a list and leaves out what is empty."""
    assert expected == content_of(f"{{x:{keyword}}}", x=value)


@pytest.mark.parametrize("template", ["{x.u:image}", "{x.us[0]:image}", "{x.us:images}"])
def test_part_specifications_work_on_paths(template):
    """Attributes and items may be parts like plain names."""
    assert content_of(template, x=SimpleNamespace(u=URL, us=[URL])) == [URL]


def test_text_between_parts():
    """Text between parts becomes text parts without the template's blank space at their ends."""
    content = content_of(
        """
        Look at
        {url:image}

        and {name}:
        {none:audio}
          now.
        {:cache_control}{:cache_control(type=long)}
        """,
        url=URL.url, name=" n ", none=None,
    )  # fmt: skip
    assert [
        TextPart(text="Look at"),
        URL,
        TextPart(text="and  n :\n\n  now."),
        CacheControlPart(),
        CacheControlPart(cache_type="long"),
    ] == content


def test_value_beside_a_part_keeps_its_blank_space():
    """Only the template's blank space goes: a value's own stays."""
    assert [TextPart(text=" v\n"), URL] == content_of("{v}\n{u:image}", v=" v\n", u=URL)


@pytest.mark.parametrize(("spec", "value"), [
    ("image", None), ("image", ""), ("images", None), ("images", []), ("audio", b""), ("text", ""),
    ("part", None), ("parts", ()), ("document", None),
])  # fmt: skip
def test_message_whose_parts_are_empty_is_text(spec, value):
    """Without any part in the end, a message is an ordinary text."""
    assert content_of(f" see {{x:{spec}}} there ", x=value) == "see  there"
    assert compile_template(f" {{x:{spec}}} ").render({"x": value}) == []


def test_path_is_read(tmp_path):
    """A path object is an explicit wish to read a file."""
    path = tmp_path / "a.gif"
    path.write_bytes(GIF)
    assert content_of("{x:image}", x=path) == [IMAGE]


def test_pil_image():
    """A PIL image becomes a PNG with the option of its field."""
    (part,) = content_of("{x:image(detail=low)}", x=Image.new("RGB", (1, 1)))
    assert (part.media_type, part.detail) == ("image/png", "low")


@pytest.mark.parametrize("text", ["a.gif", "file:///a.gif", "./a.gif", "FILE:a.gif", "~/a.gif"])
@pytest.mark.parametrize("keyword", ["image", "audio", "document"])
def test_text_is_never_read_as_a_file(tmp_path, monkeypatch, text, keyword):
    """A text that names an existing file is refused, and the error says how to read a file."""
    (tmp_path / "a.gif").write_bytes(GIF)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PromptError, match=r"never read as a file.*pathlib\.Path.*from_path"):
        content_of(f"{{x:{keyword}}}", x=text)


@pytest.mark.parametrize(
    ("spec", "value", "message"),
    [
        ("image", 3, r"\{x:image\}: takes .*bytes.*, got int"),
        ("image", [URL], r"got list; for several values use the plural"),
        ("image", b"hello", r"5 bytes are not recognised as image \(image/jpeg.*ImagePart"),
        ("image", "data:image/png;base64,*", r"\{x:image\}.*not base64"),
        ("image", data_url("audio/wav", b"RIFF....WAVE"), "not recognised as image"),
        ("images", URL.url, r"\{x:images\}: takes a list .*got str"),
        ("audio", URL, r"\{x:audio\}: takes .*AudioPart.*got ImageURLPart"),
        ("document", b"plain", "not recognised as document"),
        ("text", 3, r"\{x:text\}: takes a text or a TextPart, got int"),
        ("part", "hi", r"\{x:part\}: takes a message part .*got str"),
        ("parts", {"a": 1}, r"\{x:parts\}: takes a list .*got dict"),
    ],
)
def test_unfit_values(spec, value, message):
    """An unfit value is an error with the field, the value's type, and what is accepted."""
    with pytest.raises(PromptError, match=message):
        content_of(f"{{x:{spec}}}", x=value)


def test_long_text_is_cut_in_the_error():
    """An error does not repeat a whole file that was passed as text."""
    with pytest.raises(PromptError) as caught:
        content_of("{x:image}", x="A" * 10_000)
    assert len(str(caught.value)) < 400
