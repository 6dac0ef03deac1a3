"""gunicorn's threaded worker, with a limit on how long a connection may take to send or to read.

A request must have arrived whole `request_read_s` after its first byte, however often a byte
comes; a reader must take each piece of a response within `response_write_s`. A connection that ends
is closed in its own thread: gunicorn would wait for the other side in the one that accepts. A request
that cannot be read gets the one shape of an error in place of gunicorn's page. At a
reload the old workers go on until a new one is ready, and whoever stops first serves
those who wait to be accepted.
"""

from __future__ import annotations

import math
import mmap
import secrets
import socket
import struct
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from gunicorn import util
from gunicorn.errors import AppImportError, HaltServer
from gunicorn.http import errors
from gunicorn.workers.gthread import TConn, ThreadWorker

from service import memory
from service.config import load_config


class _Ages:
    """Two numbers that the master and all workers share: gunicorn counts its workers' ages."""

    _NUMBERS = struct.Struct("qq")

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, self._NUMBERS.size)
        self.stillborn = 0  # of the master alone: workers that ended while none had ever been ready

    def read(self) -> tuple[int, int]:
        """The age of the youngest worker that is ready, and of the oldest that shall stay."""
        ready, staying = self._NUMBERS.unpack(self._memory[:])
        return ready, staying

    def write(self, ready: int, staying: int) -> None:
        """Replace both."""
        self._memory[:] = self._NUMBERS.pack(ready, staying)


_ages = _Ages()
_STAND_BACK_S, _MOST_STEPS = 0.0002, 10
"""How long a worker lets others accept before it, for each connection that it has. All wake for one connection,
and without that the first to wake would take all of them."""
_MOST_STILLBORN = 3
_CODES = {
    errors.LimitRequestLine: "address_too_long",
    errors.LimitRequestHeaders: "headers_too_large",
}
_OURS = (
    errors.ConfigurationProblem,
    errors.InvalidResponseHeader,
    errors.InvalidResponseHeaderName,
)
"""What gunicorn calls errors of a request though it is the service that made them."""


def announce_reload(newest_age: int) -> None:
    """Called in the master before it starts new workers in the place of those up to `newest_age`."""
    _ages.write(_ages.read()[0], newest_age + 1)


def announce_end(stopping: bool) -> None:
    """Called in the master when a worker has ended. Where none was ever ready, not every one that ends is replaced."""
    if stopping or _ages.read()[0]:
        return
    _ages.stillborn += 1
    if _ages.stillborn == _MOST_STILLBORN:
        raise HaltServer(
            f"{_MOST_STILLBORN} workers ended before they were ready; there may be too little memory: give the service 1 GB or more"
        )


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


class _Threads(ThreadPoolExecutor):
    """Threads made as they are needed. Where the system gives no more, work waits for those that there are."""

    def _adjust_thread_count(self) -> None:
        try:
            super()._adjust_thread_count()
        except RuntimeError:
            if not self._threads:
                raise


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn carries no types
    """What `worker_class` names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        config = load_config()
        self._read_s = config.request_read_s
        self._write_s = config.response_write_s
        self._leave_by = math.inf

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """One thread is there from the start: a worker that gets none must fail at the start, or it
        would be restarted for ever."""
        threads = _Threads(self.cfg.threads)
        threads.submit(lambda: None)
        return threads

    def load_wsgi(self) -> None:
        """Load the application. Where it finds no room the service ends: the next worker would find none either."""
        try:
            super().load_wsgi()
        except (MemoryError, ImportError) as error:
            if not memory.is_shortage(error):
                raise
            raise AppImportError(f"zhujiao: {memory.CURE}") from None

    def run(self) -> None:
        """Serve; the application is loaded."""
        ready, staying = _ages.read()
        _ages.write(max(ready, self.age), staying)
        super().run()

    def handle_exit(self, sig: int, frame: Any) -> None:
        """SIGTERM, which the master repeats: at a reload it waits until somebody takes over."""
        ready, staying = _ages.read()
        if self.age < staying > ready:
            now = time.monotonic()
            self._leave_by = min(self._leave_by, now + self.cfg.graceful_timeout)
            if now < self._leave_by:
                return
        super().handle_exit(sig, frame)

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, unless another worker has: the fewer it has, the sooner it comes."""
        time.sleep(_STAND_BACK_S * min(self.nr_conns, _MOST_STEPS))
        super().accept(listener)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Before the worker stops it takes in all that wait, lest they be reset."""
        super().set_accept_enabled(enabled)
        if self.alive or enabled:
            return
        for listener in self.sockets:
            taken = -1
            while taken != self.nr_conns:
                taken = self.nr_conns
                super().accept(listener)
            listener.close()

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

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answer a request that ended in `exc` outside of the application; `handle` closes then.

        Neither the client's address nor anything that it sent goes into the log.
        """
        # not before the worker has the application: what the master holds, a reload does not renew
        from service.errors import RequestError, as_request_error
        from service.logs import log_request
        from service.unread_request import whole_response

        request_id = secrets.token_hex(8)
        if isinstance(exc, errors.ParseException) and not isinstance(exc, _OURS):
            error = RequestError(_CODES.get(type(exc), "bad_request"))
        else:
            error = as_request_error(exc, request_id)
        unread = {"method": "-", "route": "-", "status": error.status, "reason": type(exc).__name__}
        log_request({"request_id": request_id, **unread})
        with suppress(OSError):
            client.sendall(whole_response(error, request_id))

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
