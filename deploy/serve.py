"""Starts the archive: tries settings and port, runs `manage.py prepare`, then the Procfile's processes together.

`python -m deploy.serve` from the checkout, which is what `make run` does. When one process ends, so do the others.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from honcho.environ import parse_procfile
from honcho.manager import Manager

ROOT = Path(__file__).resolve().parent.parent
PROCFILE = ROOT / "deploy" / "Procfile"
ASKED_TO_END = (130, 143)  # honcho's returncode after SIGINT (Ctrl-C) and after SIGTERM


def address_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now. Raises OSError where the host is none of this machine's."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def obstacle() -> str:
    """The sentence that says why the archive cannot start, or nothing."""
    try:
        host, port = settings.HOST, settings.PORT
    except ImproperlyConfigured as error:
        return str(error)
    try:
        if address_is_free(host, port):
            return ""
    except OSError as error:
        return f"The archive cannot listen on HOST={host}, PORT={port}: {error.strerror}."
    return f"Port {port} of {host} is in use. End what listens there, or choose another port: make run PORT={port + 1}"


def processes() -> Manager:
    """The processes of the Procfile, with this interpreter first on their path."""
    environment = dict(os.environ, PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    manager = Manager()
    for name, command in parse_procfile(PROCFILE.read_text(encoding="utf-8")).processes.items():
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    return manager


def end_with_the_terminal(_signal: int, _frame: FrameType | None) -> None:
    """A closed window ends the archive as Ctrl-C does; there is nowhere left to print to."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ctarchive.settings")
    if reason := obstacle():
        sys.stderr.write(f"{reason}\n")
        return 1
    try:
        prepared = subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, check=False)
    except KeyboardInterrupt:
        return 0
    if prepared.returncode:
        return prepared.returncode
    signal.signal(signal.SIGHUP, end_with_the_terminal)
    manager = processes()
    manager.loop()
    return 0 if manager.returncode in ASKED_TO_END else int(manager.returncode)


if __name__ == "__main__":
    sys.exit(main())
