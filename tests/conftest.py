"""Lets a test name the outside tools it needs, and says loudly which of them were missing."""

from __future__ import annotations

import os

import pytest

from tests.shipped import shipped as shipped
from tests.tools import TOOLS, require

NEED_ALL = os.environ.get("BOOKLET_NEED_ALL_TOOLS") == "1"
"""CI's promise: every tool is here, so an absent tool is a failure and so is any skipped test."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs(*tools): the tools of tests/tools.py without which the test cannot run"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        require(*mark.args, need_all=NEED_ALL)


def _skipped(config: pytest.Config) -> int:
    """How many tests were skipped, for whatever reason; 0 in a worker process of pytest-xdist."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", ())) if reporter else 0


def pytest_sessionfinish(session: pytest.Session) -> None:
    if NEED_ALL and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missing = [tool for tool in TOOLS.values() if not tool.available()]
    if missing:
        terminalreporter.section("TOOLS THAT WERE MISSING", sep="=", yellow=True)
        for tool in missing:
            terminalreporter.line(tool.absence)
        terminalreporter.line("What only these tools can judge was NOT tested.")
    skipped = _skipped(terminalreporter.config)
    if NEED_ALL and skipped:
        terminalreporter.line(f"BOOKLET_NEED_ALL_TOOLS is set and {skipped} tests were skipped: this fails.")
