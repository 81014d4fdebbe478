"""Fills in a form in headless Chromium as a person does, with mouse and keys, and saves what it would save.

Chromium is driven by its own protocol (chromedevtools.github.io/devtools-protocol) through a pair of pipes.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from booklet.forms.acroform import on_state, opened
from booklet.forms.widget import placement

PATIENCE = 20.0
"""Seconds to wait for an answer, or for the viewer to be ready."""
VIEWER = "document.querySelector('pdf-viewer')"
SAVE = f"""(async () => {{
  const saved = await {VIEWER}.pluginController_.save('EDITED');
  let text = '';
  for (const byte of new Uint8Array(saved.dataToSave)) text += String.fromCharCode(byte);
  return btoa(text);
}})()"""


class Browser:
    """One Chromium, and the pipes to it."""

    def __init__(self, folder: str) -> None:
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        command = (
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--remote-debugging-pipe", "--allow-file-access-from-files", f"--user-data-dir={folder}",
            "--window-size=1000,1400", "about:blank",
        )  # fmt: skip
        # Chromium reads from file descriptor 3 and writes to 4.
        high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (theirs_in, theirs_out)]
        actions = [(os.POSIX_SPAWN_DUP2, end, number) for number, end in enumerate(high, 3)]
        silent = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
        self.process = os.posix_spawnp(command[0], command, os.environ, file_actions=[*actions, silent])
        for end in (theirs_in, theirs_out, *high):
            os.close(end)
        self.reading, self.writing = ours_in, ours_out
        self.rest = b""
        self.count = 0

    def call(self, method: str, session: str | None = None, **parameters: Any) -> Any:
        """Ask for something and wait for the answer."""
        self.count += 1
        message = {"id": self.count, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def _next(self) -> Any:
        while b"\0" not in self.rest:
            if not select.select([self.reading], [], [], PATIENCE)[0]:
                raise TimeoutError("Chromium does not answer")
            more = os.read(self.reading, 1 << 20)
            if not more:
                raise RuntimeError("Chromium has gone")
            self.rest += more
        line, self.rest = self.rest.split(b"\0", 1)
        return json.loads(line)

    def evaluate(self, session: str, script: str) -> Any:
        result = self.call(
            "Runtime.evaluate", session, expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"]))
        return result["result"].get("value")

    def close(self) -> None:
        with suppress(OSError, RuntimeError, TimeoutError):
            self.call("Browser.close")
        deadline = time.monotonic() + PATIENCE
        while os.waitpid(self.process, os.WNOHANG) == (0, 0):
            if time.monotonic() > deadline:
                os.kill(self.process, signal.SIGKILL)
            time.sleep(0.05)
        os.close(self.reading)
        os.close(self.writing)


@contextmanager
def browsing() -> Iterator[Browser]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(folder)
        try:
            yield browser
        finally:
            browser.close()


class Spot(NamedTuple):
    """Where a field is: its page from 0, its edges as shares of the page's, the page's height in points."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    height: float
    entries: tuple[str, ...] = ()
    """Of a menu."""


def fill(form: Path, answers: Mapping[str, str], copy: Path) -> dict[str, bytes]:
    """Type texts, choose from menus and press buttons (a value is then the state's name), and save.

    Gives a picture (PNG) of each text field and menu as the screen shows it when the field has been left.
    """
    places = dict(_places(form))
    pictures = {}
    with browsing() as browser:
        page = browser.call("Target.createTarget", url=f"file://{form}")["targetId"]
        keys = browser.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        viewer = browser.call("Target.attachToTarget", targetId=_viewer(browser), flatten=True)["sessionId"]
        until(browser, viewer, f"{VIEWER} && {VIEWER}.loadState_ === 'success'")
        for name, value in answers.items():
            text = name in places
            spot = places[name if text else f"{name}={value}"]
            _click(browser, keys, viewer, spot)
            if spot.entries:
                for _ in range(spot.entries.index(value) + 1):
                    _press(browser, keys, "ArrowDown", 40)
            for char in value if text and not spot.entries else "":
                browser.call("Input.dispatchKeyEvent", keys, type="char", text="\r" if char == "\n" else char)
            # What is typed is stored when the field is left.
            _press(browser, keys, "Tab", 9)
            if text:
                pictures[name] = _picture(browser, keys, viewer, spot)
        copy.write_bytes(base64.b64decode(browser.evaluate(viewer, SAVE)))
    return pictures


def _viewer(browser: Browser) -> str:
    """The target of the viewer that shows the PDF."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for target in browser.call("Target.getTargets", filter=[{}])["targetInfos"]:
            if target["url"].startswith("chrome-extension://"):
                return str(target["targetId"])
        time.sleep(0.1)
    raise TimeoutError("Chromium does not show the PDF")


def until(browser: Browser, session: str, condition: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not browser.evaluate(session, f"Boolean({condition})"):
        if time.monotonic() > deadline:
            raise TimeoutError(condition)
        time.sleep(0.1)


def _press(browser: Browser, keys: str, key: str, code: int) -> None:
    for kind in ("rawKeyDown", "keyUp"):
        browser.call("Input.dispatchKeyEvent", keys, type=kind, key=key, windowsVirtualKeyCode=code)


def _click(browser: Browser, keys: str, viewer: str, spot: Spot) -> None:
    """Scroll to a field and press on its middle."""
    left, top, right, bottom = _scroll(browser, viewer, spot)
    point = {"x": (left + right) / 2, "y": (top + bottom) / 2}
    browser.call("Input.dispatchMouseEvent", keys, type="mouseMoved", **point)
    for kind in ("mousePressed", "mouseReleased"):
        browser.call("Input.dispatchMouseEvent", keys, type=kind, button="left", clickCount=1, **point)


def _picture(browser: Browser, keys: str, viewer: str, spot: Spot) -> bytes:
    """What the screen shows inside a field."""
    left, top, right, bottom = _scroll(browser, viewer, spot)
    time.sleep(0.3)  # the plugin paints when it has time
    clip = {"x": left + 2, "y": top + 2, "width": right - left - 4, "height": bottom - top - 4, "scale": 1}
    return base64.b64decode(browser.call("Page.captureScreenshot", keys, format="png", clip=clip)["data"])


def _scroll(browser: Browser, viewer: str, spot: Spot) -> tuple[float, float, float, float]:
    """Bring a field into view; its left, top, right and bottom in pixels of the window."""
    up = max((spot.top + spot.bottom) / 2 * spot.height - 200, 0)
    browser.evaluate(viewer, f"{VIEWER}.viewport.goToPageAndXy({spot.page}, 0, {up})")
    time.sleep(0.15)  # the plugin is told of the new scroll position by a message
    script = f"""(() => {{
      const page = {VIEWER}.viewport.getPageScreenRect({spot.page});
      const plugin = {VIEWER}.shadowRoot.querySelector('#plugin, embed, iframe').getBoundingClientRect();
      return [plugin.x + page.x, plugin.y + page.y, page.width, page.height];
    }})()"""
    x, y, wide, tall = browser.evaluate(viewer, script)
    return x + spot.left * wide, y + spot.top * tall, x + spot.right * wide, y + spot.bottom * tall


def _places(form: Path) -> Iterator[tuple[str, Spot]]:
    """Where each text field and menu is, and each button's state (`name=state`)."""
    with opened(form) as file:
        pages = {page.obj.objgen: (number, page.mediabox) for number, page in enumerate(file.pdf.pages)}
        for name, field in file.fields.items():
            for widget in field.widgets:
                number, box = pages[widget.P.objgen]
                left, bottom, right, top = placement(widget).box
                width, height = float(box[2]), float(box[3])
                key = name if field.kind == "text" else f"{name}={on_state(widget)}"
                entries = tuple(str(entry) for entry in field.node.Opt) if field.menu else ()
                edges = (left / width, 1 - top / height, right / width, 1 - bottom / height)
                yield key, Spot(number, *edges, height, entries)
