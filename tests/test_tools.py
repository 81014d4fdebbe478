"""The tools that judge booklet's files can tell a sound file from a faulty one, and read text."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Dictionary, Name

from tests import tools
from tests.samplepdf import sample

pytest_plugins = ["pytester"]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "sound.pdf"
    sample().pdf.save(path)
    return path


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that breaks PDF/UA-1 and whose syntax is right."""
    path = tmp_path_factory.mktemp("faulty") / "faulty.pdf"
    one = sample()
    del one.elements["Figure"].Alt
    one.pdf.save(path)
    return path


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that ends in its middle."""
    path = tmp_path_factory.mktemp("damaged") / "damaged.pdf"
    one = sample()
    one.pdf.save(path)
    path.write_bytes(path.read_bytes()[:3000])
    return path


VALIDATORS = [
    pytest.param(name, judge, id=name, marks=pytest.mark.needs(name))
    for name, judge in tools.VALIDATORS.items()
]
READERS = [pytest.param(read, id=name, marks=pytest.mark.needs(name)) for name, read in tools.READERS.items()]


@pytest.mark.parametrize(("name", "judge"), VALIDATORS)
def test_judges_clear_the_sound_and_convict_the_others(
    name: str, judge: tools.Validator, sound: Path, faulty: Path, damaged: Path
) -> None:
    found = judge([damaged, faulty, sound])
    assert found[sound] == []
    assert "error" in {one.severity for one in found[damaged]}
    if name == "qpdf":  # looks at the syntax only
        assert found[faulty] == []
    else:
        assert [one.severity for one in found[faulty]] == ["error"]
        assert "alt" in str(found[faulty][0]).lower()


@pytest.mark.parametrize("read", READERS)
def test_readers_give_the_text_of_each_page(read: tools.Reader, sound: Path) -> None:
    first, second = read([sound])[sound]
    assert tools.plain(first).startswith("A sample Read mañana or see a page of our")
    assert tools.plain(second) == "own. 2"


@pytest.mark.needs("pdffonts")
def test_fonts_are_told_with_their_embedding(tmp_path: Path, sound: Path) -> None:
    assert tools.pdffonts(sound) == [tools.Font("AAAAAA+Boxes", "CID TrueType", True, True, True)]
    one = sample()
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    one.pdf.pages[0].obj.Resources.Font.F9 = one.pdf.make_indirect(helvetica)
    path = tmp_path / "helvetica.pdf"
    one.pdf.save(path)
    assert tools.Font("Helvetica", "Type 1", False, False, False) in tools.pdffonts(path)


def test_plain_text_has_no_direction_marks_and_single_spaces() -> None:
    assert (
        tools.plain("a\u202b \u05e9\u202c\n\u00a0b\u00adc \u0645\u200c\u06cc ")
        == "a \u05e9 bc \u0645\u200c\u06cc"
    )


# --- absent tools are told loudly ----------------------------------------------------------------


@pytest.fixture
def without_verapdf(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A test run of its own, under the hooks of our conftest, on a machine that has no veraPDF."""
    pytester.makeconftest(
        """
        import pathlib
        from tests import tools
        tools.VERAPDF_FOLDER = pathlib.Path("nowhere")
        from tests.conftest import *
        """
    )
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.needs("verapdf")
        def test_that_needs_it():
            pass

        def test_that_does_not():
            pass
        """
    )
    monkeypatch.setenv("PYTHONPATH", str(tools.ROOT))
    return pytester


def test_without_a_tool_its_tests_are_skipped_and_named(
    without_verapdf: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BOOKLET_NEED_ALL_TOOLS", raising=False)
    result = without_verapdf.runpytest_subprocess("-rs")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*TOOLS THAT WERE MISSING*", "veraPDF is not installed: *get_verapdf.sh"])
    assert result.ret == 0


def test_where_all_tools_are_needed_an_absent_one_fails(
    without_verapdf: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOKLET_NEED_ALL_TOOLS", "1")
    result = without_verapdf.runpytest_subprocess()
    result.assert_outcomes(passed=1, errors=1)
    assert result.ret == 1


def test_where_all_tools_are_needed_any_skip_fails(
    pytester: pytest.Pytester, without_verapdf: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOKLET_NEED_ALL_TOOLS", "1")
    file = pytester.makepyfile("import pytest\n\ndef test_not_today():\n    pytest.skip('not today')\n")
    result = without_verapdf.runpytest_subprocess(file)
    result.assert_outcomes(skipped=1)
    assert result.ret == 1
