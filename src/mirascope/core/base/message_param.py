"""Provider-neutral messages and the parts their content is made of.

Every part is an immutable value told apart by its `type`.  Binary content is held as `bytes`; where
it has to become text (`model_dump_json`, `model_dump(mode="json")`) it is base64, and base64 text
is taken back wherever bytes are expected, so that a dumped conversation can be loaded again.
"""

import os
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ._media import decode_base64, read_media

__all__ = [
    "AudioPart",
    "AudioURLPart",
    "BaseMessageParam",
    "CacheControlPart",
    "DocumentPart",
    "DocumentURLPart",
    "ImagePart",
    "ImageURLPart",
    "Part",
    "TextPart",
    "ToolCallPart",
    "ToolResultPart",
]


def _bytes_from(value: Any) -> Any:
    return decode_base64(value) if isinstance(value, str) else value


_Bytes: TypeAlias = Annotated[bytes, BeforeValidator(_bytes_from)]


class _Value(BaseModel):
    # An unknown field is refused rather than dropped: nothing given is lost in silence. What
    # pydantic needs of a class is built when the class is first used: few programs use them all.
    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", ser_json_bytes="base64", defer_build=True
    )


class TextPart(_Value):
    """A piece of text.

    Attributes:
        type: Always `"text"`.
        text: The text.
    """

    type: Literal["text"] = "text"
    text: str


class ImagePart(_Value):
    """An image, sent along with the message.

    Attributes:
        type: Always `"image"`.
        media_type: For example `image/png`.
        image: The file's content; base64 text is accepted and decoded.
        detail: How closely the model should look (`"low"`, `"high"`, `"auto"`), where the
            provider has such an option.
    """

    type: Literal["image"] = "image"
    media_type: str
    image: _Bytes
    detail: str | None = None

    @classmethod
    def from_path(
        cls,
        path: str | os.PathLike[str],
        *,
        detail: str | None = None,
        media_type: str | None = None,
    ) -> Self:
        """Read an image file.

        Args:
            path: A local file: JPEG, PNG, GIF, WebP, HEIC or HEIF.
            detail: See the attribute.
            media_type: The media type, where the content must not decide.

        Raises:
            PromptError: The content is none of these and no `media_type` was given.
            OSError: The file cannot be read.
        """
        found, data = read_media("image", path, media_type=media_type)
        return cls(media_type=found, image=data, detail=detail)


class ImageURLPart(_Value):
    """An image which the provider fetches itself.

    Attributes:
        type: Always `"image_url"`.
        url: Where it is (`https://`, `gs://`, ...).
        detail: As in `ImagePart`.
    """

    type: Literal["image_url"] = "image_url"
    url: str
    detail: str | None = None


class AudioPart(_Value):
    """A recording, sent along with the message.

    Attributes:
        type: Always `"audio"`.
        media_type: For example `audio/wav`.
        audio: The file's content; base64 text is accepted and decoded.
    """

    type: Literal["audio"] = "audio"
    media_type: str
    audio: _Bytes

    @classmethod
    def from_path(cls, path: str | os.PathLike[str], *, media_type: str | None = None) -> Self:
        """Read an audio file.

        Args:
            path: A local file: WAV, MP3, AIFF, AAC, Ogg or FLAC.
            media_type: The media type, where the content must not decide.

        Raises:
            PromptError: The content is none of these and no `media_type` was given.
            OSError: The file cannot be read.
        """
        found, data = read_media("audio", path, media_type=media_type)
        return cls(media_type=found, audio=data)


class AudioURLPart(_Value):
    """A recording which the provider fetches itself.

    Attributes:
        type: Always `"audio_url"`.
        url: Where it is.
    """

    type: Literal["audio_url"] = "audio_url"
    url: str


class DocumentPart(_Value):
    """A document, sent along with the message.

    Attributes:
        type: Always `"document"`.
        media_type: For example `application/pdf`.
        document: The file's content; base64 text is accepted and decoded.
    """

    type: Literal["document"] = "document"
    media_type: str
    document: _Bytes

    @classmethod
    def from_path(cls, path: str | os.PathLike[str], *, media_type: str | None = None) -> Self:
        """Read a document.

        Args:
            path: A local file; PDF is recognised.
            media_type: The media type, where the content must not decide.

        Raises:
            PromptError: The content is not PDF and no `media_type` was given.
            OSError: The file cannot be read.
        """
        found, data = read_media("document", path, media_type=media_type)
        return cls(media_type=found, document=data)


class DocumentURLPart(_Value):
    """A document which the provider fetches itself.

    Attributes:
        type: Always `"document_url"`.
        url: Where it is.
    """

    type: Literal["document_url"] = "document_url"
    url: str


class CacheControlPart(_Value):
    """A mark: what stands before it may be cached by the provider.

    Attributes:
        type: Always `"cache_control"`.
        cache_type: The provider's name for the kind of cache.
    """

    type: Literal["cache_control"] = "cache_control"
    cache_type: str = "ephemeral"


class ToolCallPart(_Value):
    """A tool call the model made, as part of an assistant's turn.

    Attributes:
        type: Always `"tool_call"`.
        name: The tool's name.
        args: The arguments, `None` if there were none.
        id: The provider's identifier of the call, which the result has to repeat.
    """

    type: Literal["tool_call"] = "tool_call"
    name: str
    args: dict[str, Any] | None = None
    id: str | None = None


class ToolResultPart(_Value):
    """What a tool gave back.

    Attributes:
        type: Always `"tool_result"`.
        name: The tool's name.
        content: The result: text, or data that can be written as JSON.
        id: The identifier of the call it answers.
        is_error: Whether the tool failed and `content` says why.
    """

    type: Literal["tool_result"] = "tool_result"
    name: str = ""
    content: Any
    id: str | None = None
    is_error: bool = False


Part: TypeAlias = Annotated[
    TextPart
    | ImagePart
    | ImageURLPart
    | AudioPart
    | AudioURLPart
    | DocumentPart
    | DocumentURLPart
    | CacheControlPart
    | ToolCallPart
    | ToolResultPart,
    Field(discriminator="type"),
]
"""Any piece of a message's content, told apart by `type`."""


class BaseMessageParam(_Value):
    """One message of a conversation, in no provider's dialect.

    Attributes:
        role: Who speaks: `"system"`, `"user"`, `"assistant"`, `"tool"`, or what a provider knows.
        content: The text, or the parts in their order.
    """

    role: str
    content: str | Sequence[Part]
