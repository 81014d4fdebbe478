"""Makes the JSON Schemas of the YAML formats, with which editors complete and check as one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def content() -> dict[str, Any]:
    """Of `content/ID.yaml`."""
    from booklet.content.model import Content

    return _schema(Content, "A booklet document")


def site() -> dict[str, Any]:
    """Of `sites/NAME.yaml`."""
    from booklet.locales.site import Site

    return _schema(Site, "A booklet site")


def region() -> dict[str, Any]:
    """Of `content/regions/NAME.yaml`."""
    from booklet.locales.region import Region

    return _schema(Region, "A booklet region")


def glossary() -> dict[str, Any]:
    """Of `content/glossary/TAG.yaml`."""
    from booklet.locales.glossary import GlossaryFile

    return _schema(GlossaryFile, "A booklet glossary")


def layout() -> dict[str, Any]:
    """Of `layouts/NAME.yaml`."""
    from booklet.layout.model import Layout

    return _schema(Layout, "A booklet layout")


def theme() -> dict[str, Any]:
    """Of `layouts/themes/NAME.yaml`."""
    from booklet.layout.theme import Theme

    return _schema(Theme, "A booklet theme")


def locale() -> dict[str, Any]:
    """Of `content/locales/TAG/locale.yaml`."""
    from booklet.locales.variant import Variant

    return _schema(Variant, "A booklet locale")


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = MappingProxyType(
    {
        "content": content,
        "site": site,
        "region": region,
        "locale": locale,
        "glossary": glossary,
        "layout": layout,
        "theme": theme,
    }
)


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(by_alias=True), "title": title}
