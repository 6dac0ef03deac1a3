"""Requests sent at their due time, whether or not earlier ones were answered; latency counts from when they were due. Serves the load benchmark.

A client that waits for an answer before it sends the next asks less of a slow server, and so
hides its slowness ("coordinated omission"). `offer` therefore never waits.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

TIMEOUT_S = 30.0
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one request. `status` is 0 when there was none within TIMEOUT_S."""

    due_s: float
    latency_s: float
    status: int
    retry_after: bool


class Connections:
    """Kept connections to one port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def send(self, request: bytes) -> tuple[int, bool]:
        """Status and whether Retry-After is there; a kept connection that has meanwhile gone is replaced once."""
        while self._idle:
            reader, writer = self._idle.pop()
            try:
                return await self._exchange(reader, writer, request)
            except (OSError, asyncio.IncompleteReadError):
                continue
        return await self._exchange(
            *(await asyncio.open_connection("127.0.0.1", self._port)), request
        )

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
    ) -> tuple[int, bool]:
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            status, length = _STATUS.match(head), _LENGTH.search(head)
            if status is None or length is None:
                raise OSError("neither status nor length in the reply")
            await reader.readexactly(int(length[1]))
        except BaseException:
            writer.close()
            raise
        if b"connection: close" in head.lower():
            writer.close()
        else:
            self._idle.append((reader, writer))
        return int(status[1]), b"retry-after:" in head.lower()

    def close(self) -> None:
        """Close those that are idle."""
        for _, writer in self._idle:
            writer.close()


def ask_request(question: str) -> bytes:
    """The bytes of POST /api/v1/ask."""
    body = json.dumps({"question": question}).encode()
    head = f"POST /api/v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


HEALTH = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


async def offer(
    port: int, requests: Iterator[bytes], per_second: float, seconds: float, seed: int = 0
) -> list[Reply]:
    """Send at random moments (Poisson arrivals), `per_second` on average, and gather every reply."""
    connections, generator = Connections(port), random.Random(seed)
    pending: list[asyncio.Task[Reply]] = []
    started = time.perf_counter()
    due = generator.expovariate(per_second)
    while due < seconds:
        await asyncio.sleep(max(0.0, started + due - time.perf_counter()))
        pending.append(asyncio.create_task(_timed(connections, next(requests), started, due)))
        due += generator.expovariate(per_second)
    replies = await asyncio.gather(*pending)
    connections.close()
    return replies


async def converse(
    port: int, requests: Iterator[bytes], clients: int, seconds: float
) -> list[Reply]:
    """`clients` that each send their next request when the last is answered."""
    connections, replies = Connections(port), list[Reply]()
    started = time.perf_counter()

    async def client() -> None:
        while (due := time.perf_counter() - started) < seconds:
            replies.append(await _timed(connections, next(requests), started, due))

    await asyncio.gather(*(client() for _ in range(clients)))
    connections.close()
    return replies


async def _timed(connections: Connections, request: bytes, started: float, due: float) -> Reply:
    try:
        async with asyncio.timeout(TIMEOUT_S):
            status, retry_after = await connections.send(request)
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        status, retry_after = 0, False
    return Reply(due, time.perf_counter() - started - due, status, retry_after)
