"""A server of the benchmark's own, on a free port, and the requests that are timed over one kept connection."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 15


class PageError(Exception):
    """A page did not answer with 200, or the server did not start; the message says which."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The page and the milliseconds from sending the request to having read it whole."""

    body: bytes
    milliseconds: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, by its first process, and a connection to it that is kept open."""

    connection: http.client.HTTPConnection
    process: int

    def workers(self) -> list[int]:
        """The processes that answer."""
        return [int(child) for child in Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()]


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[Server]:
    """Run the production server with this environment."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "ctarchive.wsgi"]
    process = subprocess.Popen(command, env={**environment, "HOST": HOST, "PORT": str(port)})
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        _wait_for(connection, process)
        yield Server(connection, process.pid)
    finally:
        connection.close()
        process.terminate()
        process.wait(STOP_SECONDS)


def _wait_for(connection: http.client.HTTPConnection, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            connection.connect()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise PageError("The server did not start; its messages stand above.")


def get(connection: http.client.HTTPConnection, address: str) -> Answer:
    """Raises PageError where the page does not answer with 200."""
    start = time.perf_counter()
    connection.request("GET", address)
    response = connection.getresponse()
    body = response.read()
    milliseconds = (time.perf_counter() - start) * 1000
    if response.status != http.client.OK:
        raise PageError(f"{address} answers {response.status}.")
    return Answer(body, milliseconds)
