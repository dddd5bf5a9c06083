"""`python -m benchmarks [PART ...]` from the checkout: measures the archive and prints tables in Markdown."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import memory, pages, scale
from benchmarks.archives import Archive, copied, environment, large, multiplied, package_below, small
from benchmarks.server import PageError

SCRATCH = Path(os.environ.get("VAR_DIR", "var")).resolve() / "bench"
CORPORA = Path(os.environ["CORPORA"]) if os.environ.get("CORPORA") else None
SCALE = "scale"


def relevance() -> Iterator[str]:
    """The test collections stand in a folder `relevance` in CORPORA or beside it."""
    folders = [CORPORA / "relevance", CORPORA.parent / "relevance"] if CORPORA else []
    folder = next((folder for folder in folders if folder.is_dir()), None)
    if folder is None:
        _leave_out("ranking", "neither CORPORA nor the folder above it holds `relevance`")
        return
    yield _run("relevance", environment(SCRATCH / "small"), str(folder))


def work() -> Iterator[str]:
    for archive in _large():
        yield _run("work", archive.environment)


def whole_pages() -> Iterator[str]:
    for archive in [small(SCRATCH / "small"), *_large()]:
        yield from pages.tell(archive)
        yield from facts(archive)


def building() -> Iterator[str]:
    for archive in _large():
        yield _run("building", archive.environment)
        with copied(archive, SCRATCH / "changed") as copy:
            yield _run("changes", copy.environment)
        yield from memory.tell(archive)


def nine_times() -> Iterator[str]:
    """Building an index of so many documents takes long, so it is done only when asked for."""
    for archive in _large():
        yield from scale.tell(archive, multiplied(SCRATCH / "multiplied", archive, scale.TIMES))


PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "relevance": relevance,
    "work": work,
    "pages": whole_pages,
    "building": building,
    SCALE: nine_times,
}


def facts(archive: Archive) -> Iterator[str]:
    """Sizes, and what the import took where this run did it."""
    sizes = f"database {archive.database_bytes / 1e6:.1f} MB, index {archive.index_bytes / 1e6:.1f} MB"
    yield f"{archive.documents:,} documents: {sizes}."
    if archive.making:
        making = archive.making
        yield f"Imported in {making.seconds:.0f} s, {making.megabytes:.0f} MB of memory at most: {making.last_line}."


def _large() -> Iterator[Archive]:
    """The archive with the UN General Debate, where that is there."""
    package = package_below(CORPORA, SCRATCH)
    if package:
        yield large(SCRATCH / "large", package)
    else:
        _leave_out("the UN General Debate", "CORPORA names no folder that holds ungdc")


def _run(part: str, variables: dict[str, str], *arguments: str) -> str:
    """What a part prints that runs in a process of its own, over an archive of its own."""
    command = [sys.executable, "-m", "benchmarks.inside", part, *arguments]
    return subprocess.run(command, env=variables, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def _leave_out(what: str, why: str) -> None:
    sys.stderr.write(f"Left out: {what}, for {why}.\n")


def main() -> int:
    wanted = sys.argv[1:] or [part for part in PARTS if part != SCALE]
    if unknown := set(wanted) - set(PARTS):
        sys.stderr.write(f"Unknown: {', '.join(sorted(unknown))}. Parts: {', '.join(PARTS)}.\n")
        return 2
    SCRATCH.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    try:
        for part in wanted:
            for told in PARTS[part]():
                sys.stdout.write(f"{told}\n\n")
                sys.stdout.flush()
    except (PageError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"The benchmark stopped: {error}\n")
        return 1
    sys.stdout.write(f"{os.cpu_count()} processors; load average {load:.1f} before, {os.getloadavg()[0]:.1f} after.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
