"""A project with a layout in every scheme, and one in a language that runs from right to left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from booklet.impose.schemes import SCHEMES
from booklet.locales import plurals, tags
from booklet.project import Project
from tests.shipped import ROOT

FREE = {"saddle": 8, "signatures": 8, "cut-stack": 16, "poster": 1}
"""Panels of layouts in schemes that have no number of their own; in the others 2."""
RIGHT_TO_LEFT = "ar"


def every_scheme(folder: Path) -> Project:
    """A project in the folder, with a layout named after each scheme."""
    layouts = folder / "layouts"
    layouts.mkdir(parents=True)
    for scheme in SCHEMES:
        (layouts / f"{scheme}.yaml").write_text(json.dumps(layout(scheme)), encoding="utf-8")
    return Project(folder, ROOT)


def layout(scheme: str, **more: Any) -> dict[str, Any]:
    """A plain layout in a scheme."""
    frames = [{"takes": ["cover", "emergency", "body", "contacts", "sources", "imprint"]}]
    count = SCHEMES[scheme].panels or FREE.get(scheme, 2)
    return {
        "id": scheme,
        "name": f"Made in the scheme {scheme}",
        "scheme": scheme,
        "suits": [],
        "body": {"floor": "10pt", "ceiling": "12pt"},
        "margins": {"top": "20pt", "bottom": "33pt", "start": "20pt", "end": "20pt"},
        "panels": [{"name": str(n), "rows": [{"frames": frames}]} for n in range(count)],
        **more,
    }


def turned_words(folder: Path) -> None:
    """Catalogues of English words for a right-to-left language: what matters is where things stand."""
    target = folder / "content" / "locales" / RIGHT_TO_LEFT
    target.mkdir(parents=True)
    for name, context in (("guide", "guide"), ("labels", "label")):
        words = yaml.safe_load((ROOT / "content" / f"{name}.yaml").read_text(encoding="utf-8"))
        head = f'msgid ""\nmsgstr ""\n"Language: {RIGHT_TO_LEFT}\\n"\n"X-Review: machine draft\\n"\n'
        entries = [
            f'msgctxt "{context}"\nmsgid "{text}"\n{translation}\n'
            for text, translation in sorted(dict(_texts(words)).items())
        ]
        (target / f"{name}.po").write_text("\n".join([head, *entries]), encoding="utf-8")


def _texts(value: Any) -> list[tuple[str, str]]:
    """Each text, and its translation as a catalogue has it: in plural forms if it depends on a number."""
    if isinstance(value, dict) and value.keys() == {"one", "other"}:
        names = plurals.forms(tags.parse(RIGHT_TO_LEFT)).names
        forms = [f'msgstr[{n}] "{value.get(name, value["other"])}"' for n, name in enumerate(names)]
        return [(value["one"], "\n".join([f'msgid_plural "{value["other"]}"', *forms]))]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    return [(value, f'msgstr "{value}"')] if isinstance(value, str) else []
