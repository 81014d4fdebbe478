"""Knows where a project's content, layouts, sites and output are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHIPPED = "_library"
"""The folder in the installed package; a source checkout has the same folders beside the package."""
NO_DOCUMENTS = frozenset({"labels", "guide"})
"""Files in the content folder that are not documents."""


@dataclass(frozen=True, slots=True)
class Project:
    """A user's own folder over the library that ships: what is in both is taken from the user's."""

    folder: Path
    library: Path

    @classmethod
    def at(cls, folder: Path | None = None) -> Project:
        """The project in `folder`, or in the working folder."""
        package = Path(__file__).resolve().parent
        library = package / SHIPPED
        return cls((folder or Path()).absolute(), library if library.is_dir() else package.parent)

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def roots(self) -> Iterator[Path]:
        """The user's folder, then the library; once if they are the same."""
        yield self.folder
        if self.library.resolve() != self.folder.resolve():
            yield self.library

    def find(self, name: str) -> Path | None:
        """The file of this name, such as `content/regions/us.yaml`."""
        return next((root / name for root in self.roots() if (root / name).is_file()), None)

    def folders(self, name: str) -> tuple[Path, ...]:
        """Every folder of this name, such as `content`, the user's first."""
        return tuple(root / name for root in self.roots() if (root / name).is_dir())

    def files(self, folder: str) -> dict[str, Path]:
        """The YAML files in a folder by their names without the ending, in order."""
        found: dict[str, Path] = {}
        for path in (path for each in self.folders(folder) for path in each.glob("*.yaml")):
            if not path.name.startswith(".") and path.is_file():
                found.setdefault(path.stem, path)
        return dict(sorted(found.items()))

    def documents(self) -> dict[str, Path]:
        """Every content file by its id."""
        return {name: path for name, path in self.files("content").items() if name not in NO_DOCUMENTS}

    def sites(self) -> dict[str, Path]:
        """Every site file by its id. The library ships none."""
        return self.files("sites")

    def layouts(self) -> dict[str, Path]:
        """Every layout file by its id."""
        return self.files("layouts")

    def themes(self) -> dict[str, Path]:
        """Every theme file by its id."""
        return self.files("layouts/themes")

    def catalogue(self, language: str, name: str) -> Path | None:
        """The PO file of a document (or `labels`, or `region-us`) in a language."""
        return self.find(f"content/locales/{language}/{name}.po")

    def locales(self) -> list[str]:
        """The tags of the folders in `content/locales` that hold a catalogue."""
        return sorted(
            {path.parent.name for each in self.folders("content/locales") for path in each.glob("*/*.po")}
        )

    def catalogues(self, language: str) -> list[str]:
        """The names of the PO files of a language."""
        found = {
            path.stem for each in self.folders(f"content/locales/{language}") for path in each.glob("*.po")
        }
        return sorted(found)

    def languages(self, document: str) -> list[str]:
        """The tags of the folders in `content/locales` that hold a catalogue of the document."""
        found = {
            path.parent.name
            for each in self.folders("content/locales")
            for path in each.glob("*/*.po")
            if path.stem == document
        }
        return sorted(found)

    def shown(self, path: Path) -> str:
        """How problems name a file: from the working folder on, if it lies in there."""
        for base in (Path().absolute(), self.folder):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return str(path)
