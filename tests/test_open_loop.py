"""The load benchmark's client against a server of asyncio's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import pytest

from benchmarks.open_loop import HEALTH, Reply, ask_request, converse, offer

pytestmark = pytest.mark.slow

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def reply(status: int, headers: str = "") -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Length: 2\r\n{headers}\r\nok".encode()


def with_server(serve: Serve, use: Callable[[int], Awaitable[list[Reply]]]) -> list[Reply]:
    async def both() -> list[Reply]:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            replies = await use(server.sockets[0].getsockname()[1])
            await asyncio.sleep(0.1)  # the server's side of the last connections ends
            return replies

    with ThreadPoolExecutor(1) as own_thread:  # the browser tests leave a loop running in theirs
        return own_thread.submit(lambda: asyncio.run(both())).result()


def test_latency_counts_from_when_a_request_was_due() -> None:
    """One at a time, 50 ms each, 40 a second: whoever waits before sending would always see 50 ms."""
    turn = asyncio.Lock()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        async with turn:
            await asyncio.sleep(0.05)
        writer.write(reply(200, "Connection: close\r\n"))
        writer.close()

    replies = with_server(serve, lambda port: offer(port, repeat(HEALTH), 40, 0.5))
    assert len(replies) > 8
    assert max(r.latency_s for r in replies) > 0.25


def test_refusals_are_told_with_their_retry_after() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply(503, "Retry-After: 1\r\nConnection: close\r\n"))
        writer.close()

    replies = with_server(serve, lambda port: offer(port, repeat(HEALTH), 50, 0.2))
    assert {(r.status, r.retry_after) for r in replies} == {(503, True)}


def test_connection_that_the_server_closed_is_opened_anew() -> None:
    opened = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply(200))
        await asyncio.sleep(0.02)
        writer.close()

    replies = with_server(serve, lambda port: converse(port, repeat(HEALTH), 2, 0.5))
    assert {r.status for r in replies} == {200}
    assert opened > 2


def test_server_that_breaks_off_counts_as_an_error() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nok")
        writer.close()

    replies = with_server(serve, lambda port: offer(port, repeat(HEALTH), 50, 0.2))
    assert {r.status for r in replies} == {0}


def test_question_is_sent_as_json_of_its_length() -> None:
    head, _, body = ask_request("何謂臨界質量").partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert body.isascii()
