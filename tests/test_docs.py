"""The documentation is true: its examples work, its commands exist, its links lead somewhere.

A fence in docs/ says behind its language what the example is:

    yaml content/visit.yaml         a whole file, saved under this name in the reader's own folder
    yaml blocks | body | head       blocks of a section, parts of the body, keys of the head of a document
    yaml change layouts/x.yaml      keys to change in a copy of a file that ships
    yaml refused layouts/x.yaml     the same, and what comes out must not pass
    console                         commands after "$", and what they say
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cache
from importlib.util import find_spec
from io import StringIO
from itertools import pairwise
from pathlib import Path
from textwrap import indent
from typing import Any
from urllib.parse import unquote

import pytest
import typer
import yaml
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from booklet import build, cli, commands_locale_state, inputs, report, resolve
from booklet.content.model import SectionBody
from booklet.layout import load
from booklet.locales import pofile
from booklet.problems import ProblemsFound
from booklet.project import Project
from booklet.schema import SCHEMAS
from booklet.yamlfile import parse
from tools import make_reference
from tools.make_gallery import WHOLE

ROOT = Path(__file__).parent.parent
NOT_OURS = {"node_modules", ".tools", ".venv", "site-packages", ".pytest_cache", "output"}
PAGES = sorted(path for path in ROOT.rglob("*.md") if not NOT_OURS & set(path.relative_to(ROOT).parts))
GUIDES = sorted((ROOT / "docs").glob("*.md"))
OWN_ROLE = {"sources", "imprint"}
"""Blocks that stand in a section of the role of their own name."""


@dataclass(frozen=True)
class Fence:
    """A code block: the words behind the backticks, and what stands in it."""

    page: Path
    line: int
    info: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


@cache
def fences(page: Path) -> tuple[Fence, ...]:
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    return tuple(
        Fence(page, token.map[0] + 1, token.info.strip(), token.content)
        for token in tokens
        if token.type == "fence" and token.map
    )


def examples(*kinds: str) -> list[Fence]:
    """The fences of the guides whose info begins with one of these words."""
    found = [fence for page in GUIDES for fence in fences(page)]
    return [fence for fence in found if any(re.match(rf"{kind}(?!\S)", fence.info) for kind in kinds)]


FILES = [fence for page in GUIDES for fence in fences(page) if re.fullmatch(r"\w+ \S+/\S+", fence.info)]


GUIDED = sorted(
    {
        line.removeprefix("$ ")
        for fence in examples("console")
        if "error:" not in fence.text
        for line in fence.text.splitlines()
        if not line.startswith(("$ booklet fill", "$ booklet read", "$ booklet impose"))
        and fence.page.name != "translating.md"
    }
)
"""The commands of the guides, but for those that are shown to fail, those that want a filled form or any PDF
(test_forms.py and test_impose_command.py run them), and those that want one another: a test of its own runs
the way of a new language."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The folder of a reader who has saved every whole file of the guides, but no translation."""
    for fence in FILES:
        if not fence.info.startswith("po"):
            save(tmp_path, fence)
    monkeypatch.chdir(tmp_path)
    return Project.at()


def save(folder: Path, fence: Fence) -> None:
    path = folder / fence.info.split()[1]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fence.text, encoding="utf-8")


def said(found: ProblemsFound) -> str:
    """The problems as they are shown."""
    report.problems(found.problems, out := StringIO())
    return out.getvalue()


# --- examples ------------------------------------------------------------------------------------


def test_every_yaml_example_is_tested() -> None:
    known = {*FILES, *examples("yaml blocks", "yaml body", "yaml head", "yaml change", "yaml refused")}
    bare = [fence for fence in examples("yaml") if fence not in known]
    assert [
        fence.text for fence in bare if not fence.text.startswith("#") or fence.text.count("\n") > 1
    ] == []


@pytest.mark.parametrize("command", GUIDED)
def test_a_command_of_the_guides_works_in_the_folder_that_they_describe(
    project: Project, command: str
) -> None:
    done = CliRunner().invoke(cli.app, shlex.split(command.split(" > ")[0])[1:])
    assert done.exit_code == 0, done.output
    if " build" in command:
        assert re.search(r"\.pdf +[0-9]", done.output)


@pytest.mark.parametrize("fence", examples("yaml blocks", "yaml body", "yaml head"), ids=str)
def test_a_piece_of_a_document_is_what_the_guide_says(project: Project, fence: Fence) -> None:
    head, _, body = (project.folder / "content/visit.yaml").read_text(encoding="utf-8").partition("body:\n")
    match fence.info.split()[1]:
        case "head":
            if "sources:" in fence.text:
                head = head.partition("sources:")[0]
                body = re.sub("sources: .HOME-24.", "sources: [WHO-20]", body)
            head += fence.text
        case "body":
            cover, first, rest = body.partition("  - section:")
            given = indent(fence.text, "  ")
            body = given + first + rest if "cover:" in given else cover + given + first + rest
        case "blocks":
            body += _section(fence.text)
    (project.folder / "content/visit.yaml").write_text(f"{head}body:\n{body}", encoding="utf-8")
    order = build.Order("visit", "en", ("handout",), ("screen",))
    assert [type(one) for one in build.make(project, order)] == [build.Made]


def _section(blocks: str) -> str:
    kinds = {next(iter(block)) for block in yaml.safe_load(blocks)}
    role = next(iter(kinds & OWN_ROLE), "body")
    head = f"- section:\n    id: example\n    role: {role}\n    heading: Example\n    blocks:\n"
    return indent(head + indent(blocks, "      "), "  ")


def test_every_kind_of_block_has_an_example() -> None:
    definitions = SCHEMAS["content"]()["$defs"]
    names = re.findall(r"\w+Block", str(definitions[SectionBody.__name__]["properties"]["blocks"]))
    kinds = {make_reference.kind_of(name) for name in names}
    shown = {
        key for fence in examples("yaml blocks") for block in yaml.safe_load(fence.text) for key in block
    }
    assert kinds - shown == set()


@pytest.mark.parametrize("fence", examples("yaml change", "yaml refused"), ids=str)
def test_a_change_to_a_file_that_ships_does_what_the_guide_says(project: Project, fence: Fence) -> None:
    path = fence.info.split()[2]
    changed = _merged(yaml.safe_load((ROOT / path).read_text(encoding="utf-8")), yaml.safe_load(fence.text))
    tree = parse(yaml.safe_dump(changed).encode(), path)
    if fence.info.startswith("yaml change"):
        load.theme(tree)
        return
    with pytest.raises(ProblemsFound) as found:
        load.theme(tree)
    quoted = re.findall(r"error begins `(.*)`", fence.page.read_text(encoding="utf-8"))
    assert [found.value.problems[0].message[: len(quoted[0])]] == quoted


def _merged(below: Any, above: Any) -> Any:
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return below | {key: _merged(below.get(key), value) for key, value in above.items()}


def test_the_mistake_of_the_guide_is_told_as_it_is_shown(project: Project) -> None:
    path = project.folder / "content/visit.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("subtitle", "subtitel"), encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        inputs.document(project, "visit")
    shown = said(found.value) + report.count(found.value.problems)
    assert shown in (ROOT / "docs/content.md").read_text(encoding="utf-8")


# --- the way of a new language -------------------------------------------------------------------

TRANSLATING = ROOT / "docs/translating.md"


def test_a_language_is_made_as_the_guide_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All examples in their order, in one folder. A text that a person would translate stays as it is."""
    monkeypatch.chdir(tmp_path)
    for fence in fences(TRANSLATING):
        if fence in FILES:
            save(tmp_path, fence)
        elif fence.info.startswith("po part"):
            _check_part(tmp_path, fence)
        elif fence.info == "console":
            for command in (line for line in fence.text.splitlines() if line.startswith("$ ")):
                if "--role" in command:
                    _translate_all(tmp_path)
                done = CliRunner().invoke(cli.app, shlex.split(command)[2:])
                assert (done.exit_code == 0) == ("error:" not in fence.text), done.output
            shown = [line for line in fence.text.splitlines() if not line.startswith("$ ")]
            assert "\n".join(shown) in done.output
    order = build.Order("overdose-steps", "so", ("zine",), ("print",))
    assert [type(one) for one in build.make(Project.at(), order)] == [build.Made]
    assert not resolve.document(Project.at(), "overdose-steps", "so").document.draft


def _check_part(folder: Path, fence: Fence) -> None:
    """The lines are in the file, but for those that say where a text stands."""
    path = folder / fence.info.split()[2]
    if not path.exists():
        CliRunner().invoke(cli.app, ["locale", "new", "so", "guide"])
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#:")]
    shown = [line for line in fence.text.splitlines() if not line.startswith("#.")]
    assert "\n".join(shown) in "\n".join(lines)
    assert {line for line in fence.text.splitlines() if line.startswith("#.")} <= {*lines}


def _translate_all(folder: Path) -> None:
    for path in folder.glob("content/locales/so/*.po"):
        po = pofile.read(path.read_bytes(), path.name)
        forms = [
            (each.source,) if each.plural is None else (each.source, each.plural) for each in po.messages
        ]
        done = [replace(each, translations=texts) for each, texts in zip(po.messages, forms, strict=True)]
        path.write_bytes(pofile.write(replace(po, messages=tuple(done))))


def test_the_table_of_the_guide_has_the_columns_that_are_shown() -> None:
    (table,) = (fence.text for fence in fences(TRANSLATING) if fence.info == "text")
    heads = re.split(r" {2,}", table.splitlines()[0])
    assert tuple(heads) == commands_locale_state.HEADS
    page = TRANSLATING.read_text(encoding="utf-8")
    assert [head for head in heads[1:] if f"\n| {head} | " not in page] == []


def test_the_messages_of_the_guide_are_those_of_the_program() -> None:
    program = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "booklet").rglob("*.py"))
    rows = TRANSLATING.read_text(encoding="utf-8").partition("What the messages mean")[2].partition("## ")[0]
    told = re.findall(r"^\| (.*?) \|", rows, re.MULTILINE)[2:]
    pieces = [
        piece.strip() for row in told for said in re.findall("`(.*?)`", row) for piece in said.split("…")
    ]
    assert len(told) > 10
    assert [piece for piece in pieces if piece not in program] == []


# --- commands ------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[Fence, str]]:
    """Every command that a page shows, without comments."""
    for fence in (fence for page in PAGES for fence in fences(page)):
        for line in fence.text.splitlines():
            shown = line[:2] == "$ " if fence.info == "console" else fence.info in ("sh", "bash", "shell")
            command = re.split(r"(?:^|\s+)#", line.removeprefix("$ "))[0].strip()
            if shown and command:
                yield fence, command


GROUPS = {str(each.name): each.typer_instance for each in cli.app.registered_groups if each.typer_instance}
COMMANDS = [pytest.param(command, id=f"{fence}-{command}") for fence, command in commands()]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_shown_exists(command: str) -> None:
    words = [word.removeprefix(".venv/bin/") for word in shlex.split(command.split(" > ")[0])]
    words = [word for word in words if not re.fullmatch(r"[A-Z_]+=\S*", word)]
    match words:
        case ["booklet", group, name, *rest] if group in GROUPS:
            within: Any = typer.main.get_command(GROUPS[group])
            within.commands[name].make_context(name, rest)
        case ["booklet", name, *rest] if not name.startswith("-"):
            known = {
                info.name or getattr(info.callback, "__name__", "") for info in cli.app.registered_commands
            }
            assert name in known
            typer.main.get_command(cli.app).commands[name].make_context(name, rest)  # type: ignore[attr-defined]
        case ["python" | "python3", "-m", module, *_]:
            assert find_spec(module)
        case ["python" | "python3", script, *_] if script.endswith(".py"):
            assert (ROOT / script).is_file()
        case ["pip", "install", "-e", wanted, *_]:
            extras = re.findall(r"[a-z]+", wanted)
            assert set(extras) <= set(_project()["optional-dependencies"])
        case [script, *_] if "/" in script:
            assert (ROOT / script).is_file()
        case ["npm", "ci", "--prefix", folder, *_]:
            assert (ROOT / folder / "package-lock.json").is_file()
        case [tool, *_]:
            assert tool in {"booklet", "git", "pip", "ruff", "mypy", "pre-commit"}


def _project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


# --- pages ---------------------------------------------------------------------------------------


def links() -> Iterator[tuple[Path, str]]:
    """Every relative link and picture of every page."""
    for page in PAGES:
        for token in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
            for child in token.children or ():
                target = str(child.attrGet("href") or child.attrGet("src") or "")
                if target and not re.match(r"[a-z]+:", target):
                    yield page, target


LINKS = [
    pytest.param(page, link, id=f"{page.relative_to(ROOT)}-{link}") for page, link in sorted(set(links()))
]


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_a_link_leads_somewhere(page: Path, link: str) -> None:
    file, _, anchor = unquote(link).partition("#")
    target = (page.parent / file).resolve() if file else page
    assert target.exists()
    assert target.is_relative_to(ROOT)
    if anchor:
        assert anchor in anchors(target)


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives the headings of a page."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    texts = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts}


def test_every_file_and_folder_of_the_package_has_its_place_in_the_table_of_rooms() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?) \|", page.split("## The rooms")[1].split("\n## ")[0], re.M)
    named = [name for row in rows for name in re.findall(r"`(.+?)`", row)]
    assert len(named) == len(set(named))
    package = ROOT / "booklet"
    rooms = {path.name for path in package.glob("*.py") if not path.name.startswith("__")}
    rooms |= {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    assert {room for room in rooms if not any(fnmatch(room, name) for name in named)} == set()
    assert all(any(fnmatch(room, name) for room in rooms) for name in named)


def test_the_reference_is_up_to_date() -> None:
    reference = make_reference.REFERENCE.read_text(encoding="utf-8")
    assert reference == make_reference.reference(), "run python -m tools.make_reference"


def test_every_page_of_the_gallery_has_its_picture() -> None:
    shown = (ROOT / "docs/gallery/README.md").read_text(encoding="utf-8")
    project = Project.at(ROOT)
    wanted = [
        f"{order.locale}.{order.document}.{layout}.{edition}.png"
        for order in build.orders(project, project.documents(), WHOLE, None, build.EDITIONS, None, None)
        if isinstance(order, build.Order)
        for layout in order.layouts
        for edition in order.editions
    ]
    missing = [name for name in wanted if f"({name})" not in shown]
    missing += [name for name in wanted if not (ROOT / "docs/gallery" / name).is_file()]
    assert missing == [], "run python -m tools.make_gallery"


def test_every_other_language_is_shown_in_the_gallery() -> None:
    shown = (ROOT / "docs/gallery/languages.md").read_text(encoding="utf-8")
    project = Project.at(ROOT)
    others = {tag for document in project.documents() for tag in project.languages(document)} - set(WHOLE)
    pictures = {name.split(".")[0]: name for name in re.findall(r"\(([^()/]+\.png)\)", shown)}
    assert set(pictures) == others, "run python -m tools.make_gallery languages"
    assert [name for name in pictures.values() if not (ROOT / "docs/gallery" / name).is_file()] == []
