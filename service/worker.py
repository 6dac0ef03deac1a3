"""gunicorn's threaded worker, with a limit on how long a connection may take to send or to read.

A request must have arrived whole `request_read_s` after its first byte, however often a byte
comes; a reader must take each piece of a response within `response_write_s`. A connection that ends
is closed in its own thread: gunicorn would wait for the other side in the one that accepts.
"""

from __future__ import annotations

import math
import socket
import time
from concurrent.futures import Future
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import TConn, ThreadWorker

from service.config import load_config


class TimedSocket(socket.socket):
    """A connection whose `recv` ends, as if the other side had closed, at `read_by` (monotonic, s)."""

    read_by = math.inf
    write_s: float | None = None

    @classmethod
    def of(cls, plain: socket.socket) -> TimedSocket:
        """The same connection; `plain` is left without it."""
        return cls(plain.family, plain.type, plain.proto, plain.detach())

    def recv(self, size: int, flags: int = 0) -> bytes:
        """At most `size` bytes; none when the other side has closed or the time is over."""
        asked, left = self.gettimeout(), self.read_by - time.monotonic()
        if left <= 0:
            return b""
        if asked is None and left < math.inf:
            self.settimeout(left)
        try:
            return super().recv(size, flags)
        except TimeoutError:
            if asked is not None:
                raise
            return b""
        finally:
            self.settimeout(asked)

    def sendall(self, content: Any, flags: int = 0) -> None:
        """Send everything. ConnectionResetError when the reader does not take it in time."""
        self.settimeout(self.write_s)
        try:
            super().sendall(content, flags)
        except TimeoutError:
            raise ConnectionResetError(104, "the reader is too slow") from None
        finally:
            self.settimeout(None)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn carries no types
    """What `worker_class` names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        config = load_config()
        self._read_s = config.request_read_s
        self._write_s = config.response_write_s

    def handle(self, conn: TConn) -> Any:
        """Serve one request of a connection, in a thread of the pool."""
        if not isinstance(conn.sock, TimedSocket):
            conn.sock = TimedSocket.of(conn.sock)
            conn.sock.write_s = self._write_s
        conn.sock.read_by = time.monotonic() + self._read_s
        kept = super().handle(conn)
        if kept is False:
            conn.sock.settimeout(None)
            util.close_graceful(conn.sock)
        return kept

    def _keepalive_after(self, conn: TConn, keepalive: bool) -> bool:
        """What is left of a body that took too long is not waited for."""
        in_time = time.monotonic() < conn.sock.read_by
        return bool(super()._keepalive_after(conn, keepalive and in_time))

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Called in the thread that accepts, once `handle` is done."""
        if conn.sock.fileno() < 0:
            self.nr_conns -= 1
        else:
            super().finish_request(conn, fs)
