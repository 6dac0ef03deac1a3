"""What is counted and timed for Prometheus, over all workers of a service.

    zhujiao_answers_total{status="answered",language="en"} 12.0

Under gunicorn every worker writes its numbers into files of one folder, and whichever worker is
asked adds them up, those of dead workers too. No label holds a question, an address or anything
else that a reader sends: their values come from our code alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from service.metrics_folder import FOLDER

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The numbers of one worker. Safe to share between threads."""

    def __init__(self) -> None:
        own = CollectorRegistry()
        self._own = own
        self.requests = Counter(
            "zhujiao_requests", "Requests answered.", ("method", "route", "status"), registry=own
        )
        self.request_seconds = Histogram(
            "zhujiao_request_seconds",
            "Time to the head of a response; a stream goes on after it.",
            ("route",),
            buckets=_SECONDS,
            registry=own,
        )
        self.in_flight = Gauge(
            "zhujiao_requests_in_flight",
            "Requests being answered, streams to their end.",
            multiprocess_mode="livesum",
            registry=own,
        )
        self.errors = Counter(
            "zhujiao_errors", "Errors told, refusals among them.", ("code",), registry=own
        )
        self.answers = Counter(
            "zhujiao_answers", "Questions answered or not.", ("status", "language"), registry=own
        )
        self.answer_seconds = Histogram(
            "zhujiao_answer_seconds", "Time to an answer.", buckets=_SECONDS, registry=own
        )
        self.stage_seconds = Histogram(
            "zhujiao_answer_stage_seconds",
            "Time in each stage of an answer.",
            ("stage",),
            buckets=_SECONDS,
            registry=own,
        )
        self.votes = Counter("zhujiao_votes", "Votes stored.", ("verdict",), registry=own)
        self.dropped = Counter(
            "zhujiao_questions_dropped", "Questions that the log did not store.", registry=own
        )

    def exposition(self, index_version: str | None, index_age_s: float | None) -> bytes:
        """All numbers of all workers in Prometheus' text format, and the index of this one."""
        everything = CollectorRegistry()
        if os.environ.get(FOLDER):
            MultiProcessCollector(everything)  # type: ignore[no-untyped-call]
        else:
            everything.register(_All(self._own))
        everything.register(_Index(index_version, index_age_s))
        return generate_latest(everything)


class _All(Collector):
    """What another registry holds."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterable[Metric]:
        return self._registry.collect()


class _Index(Collector):
    """The index that the worker asked answers from."""

    def __init__(self, version: str | None, age_s: float | None) -> None:
        self._version = version
        self._age_s = age_s

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily("zhujiao_index_info", "The index in use.", labels=["version"])
        if self._version is not None:
            info.add_metric([self._version], 1.0)
        yield info
        age = GaugeMetricFamily("zhujiao_index_age_seconds", "Time since the index was built.")
        if self._age_s is not None:
            age.add_metric([], max(0.0, self._age_s))
        yield age
