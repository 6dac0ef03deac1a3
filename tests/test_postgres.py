"""The journal over a real PostgreSQL: a cluster of this test's own, on a free port, ended with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from service.config import Config
from service.database_errors import DatabaseError
from service.journal import DAY_S, Journal
from service.journal_report import asked_questions, votes
from service.running import JOURNAL
from tests.journals import VOTE, asked
from tests.running_service import free_port
from tests.tiny import tiny_client

PASSWORD = "canary-of-the-database"
pytestmark = pytest.mark.slow


def programs() -> Path | None:
    """Where initdb and postgres lie: Debian keeps them off the path, by version."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


class Cluster:
    """PostgreSQL refuses to run as root: where the tests do, it runs as the user nobody."""

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self.port = free_port()
        self._bin = bin_folder
        self._folder = folder / "data"
        self._user = 65_534 if os.geteuid() == 0 else None
        if self._user is not None:
            os.chown(folder, self._user, self._user)
        (folder / "password").write_text(PASSWORD, "ascii")
        (folder / "password").chmod(0o644)
        login = ("--username", "owner", "--auth", "scram-sha-256")
        secret = ("--pwfile", str(folder / "password"))
        self._run("initdb", "--no-sync", "--encoding", "UTF8", *login, *secret)
        self.start()

    @property
    def url(self) -> str:
        return f"postgresql://owner:{PASSWORD}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """With its socket in its own folder, so that no other cluster is in the way."""
        served = f"-h 127.0.0.1 -p {self.port} -k {self._folder} -F"
        log = str(self._folder / "log")
        self._run("pg_ctl", "start", "--wait", "--log", log, "--options", served)

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "stop", "--wait", "--mode", mode)

    def _run(self, program: str, *arguments: str) -> None:
        command: Sequence[str] = (str(self._bin / program), "--pgdata", str(self._folder))
        subprocess.run(
            [*command, *arguments],
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user is not None else None,
            check=True,
            timeout=120,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip("PostgreSQL is missing; install it: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="zhujiao-postgres-"))
    try:
        running = Cluster(bin_folder, folder)
        yield running
        running.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def settings(cluster: Cluster) -> Config:
    """A database without tables."""
    config = Config.model_validate({"database_url": cluster.url, "database_timeout_s": 5})
    with closing(Journal.open(config)) as journal, journal.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    return config


@pytest.fixture
def journal(settings: Config) -> Iterator[Journal]:
    with closing(Journal.open(settings)) as opened:
        yield opened


def test_tables_are_made_once_by_several_workers_at_once(settings: Config) -> None:
    journals = [Journal.open(settings) for _ in range(8)]
    with ThreadPoolExecutor(8) as workers:
        digests = list(workers.map(lambda journal: journal.digest("text"), journals))
    for journal in journals:
        journal.close()
    assert len(set(digests)) == 1


def test_votes_and_questions_are_stored_changed_read_and_deleted(journal: Journal) -> None:
    journal.record_vote(VOTE)
    journal.record_vote(replace(VOTE, verdict="down", comment="不\u3000"))
    journal.record_questions([asked(1), asked(2), asked(1, status="not_found")])
    assert journal.counts() == (1, 3)
    (vote,) = votes(journal)
    assert (vote["verdict"], vote["comment"]) == ("down", "不\u3000")
    first, second = asked_questions(journal)
    assert (first.question, first.times, first.not_found, first.down) == ("q1", 2, 1, 1)
    assert (second.question, second.times, second.down) == ("q2", 1, 0)
    assert [q.question for q in asked_questions(journal, unanswered=True)] == ["q1"]
    assert journal.purge(VOTE.voted_at + 366 * DAY_S) == 4
    assert journal.counts() == (0, 0)


def test_one_vote_sent_many_times_at_once_is_one(journal: Journal) -> None:
    with ThreadPoolExecutor(8) as readers:
        list(readers.map(journal.record_vote, [VOTE] * 40))
    assert journal.counts() == (1, 0)


def test_locked_table_is_a_fault_after_the_wait(settings: Config, journal: Journal) -> None:
    hurried = settings.model_copy(update={"database_timeout_s": 0.3})
    with closing(Journal.open(hurried)) as waiting:
        waiting.prepare()
        with journal.engine.begin() as other:
            other.execute(text("LOCK TABLE zhujiao_votes"))
            with pytest.raises(DatabaseError, match=r"LockNotAvailable 55P03|QueryCanceled 57014"):
                waiting.record_vote(VOTE)
        waiting.record_vote(VOTE)
    assert journal.counts() == (1, 0)


def test_server_that_is_away_refuses_votes_until_it_is_back_and_keeps_those_acknowledged(
    journal: Journal, cluster: Cluster
) -> None:
    site = tiny_client(None, database_url=cluster.url, database_timeout_s=5, question_log="off")
    answer = site.post("/api/v1/ask", json={"question": "night opening"}).get_json()
    vote = {"answer_id": answer["id"], "verdict": "up"}
    assert site.post("/api/v1/feedback", json=vote).status_code == 201
    cluster.stop()
    try:
        refused = site.post("/api/v1/feedback", json=vote)
        assert refused.status_code == 503
        assert PASSWORD not in refused.text
        assert site.post("/api/v1/ask", json={"question": "second desk"}).status_code == 200
    finally:
        cluster.start()
    assert site.post("/api/v1/feedback", json=vote).status_code == 201
    assert journal.counts()[0] == 2
    site.application.extensions[JOURNAL].close()


def test_wrong_password_is_told_without_it(settings: Config, cluster: Cluster) -> None:
    wrong = SecretStr(cluster.url.replace(PASSWORD, "another-canary"))
    journal = Journal.open(settings.model_copy(update={"database_url": wrong}))
    with pytest.raises(DatabaseError, match="check that the server runs") as caught:
        journal.record_vote(VOTE)
    assert "canary" not in str(caught.value)
