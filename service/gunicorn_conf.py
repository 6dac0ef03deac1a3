"""gunicorn's settings, from our own: `gunicorn --config python:service.gunicorn_conf ...`.

Many threads, made as they are needed, so that a slow connection holds a thread and not the worker. No preload: the models
and FAISS load in each worker after the fork, because an OpenMP pool that was started before
a fork hangs in the child. The dictionaries start no thread: they are read once, before the
fork, and every worker shares their memory. One BLAS thread each, because a query is small and
cores are few.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

from service.config import PREFIX, ConfigError, load_config
from service.logs import JsonFormatter, start_logging
from service.memory import check_limit
from service.metrics_folder import MetricsFolder
from service.rate_store import remove_shared_file, shared_file
from service.recorder import EXTENSION as RECORDER
from service.recorder import prepare_journal

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

try:
    check_limit()
    _config = load_config()
except (ConfigError, MemoryError) as error:
    raise SystemExit(str(error)) from None
_IDLE = 1000
"""Connections that wait for their next request, without a thread."""
_memory = Path("/dev/shm")  # noqa: S108  # nothing but the time of a worker's last sign of life

bind = f"[{_config.host}]:{_config.port}"  # the brackets that IPv6 needs hold any host
worker_class = "service.worker.Worker"
workers = _config.workers
threads = _config.threads
worker_connections = threads + _IDLE  # beyond them a worker accepts no more
backlog = _config.backlog
preload_app = False
timeout = _config.timeout_s
graceful_timeout = _config.graceful_timeout_s
keepalive = _config.keepalive_s
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
# on a slow disk a busy worker would look silent
worker_tmp_dir = str(_memory) if os.access(_memory, os.W_OK) else None
forwarded_allow_ips = ""  # no caller is believed about another address or scheme than its own
accesslog = None
control_socket_disable = True  # it would be written into the home folder
proc_name = "zhujiao"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": f"{JsonFormatter.__module__}.{JsonFormatter.__name__}"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {
            "level": _config.log_level.upper(),
            "handlers": ["stderr"],
            "propagate": False,
        }
    },
}


_metrics_folder: MetricsFolder | None = None


def on_starting(arbiter: object) -> None:
    """Called by gunicorn before the first worker is forked."""
    global _metrics_folder
    from index.segment import load_dictionaries

    start_logging(_config.log_level)
    if not _config.rate_store.get_secret_value():
        os.environ[f"{PREFIX}RATE_STORE"] = shared_file(_config.port, _memory)
    prepare_journal(_config)
    if _config.metered:
        _metrics_folder = MetricsFolder()
        import service.metrics  # noqa: F401  # loaded once, and shared by every worker
    load_dictionaries()
    gc.freeze()  # a collection would write to every object, and the worker get a copy of its page


def on_reload(arbiter: Any) -> None:
    """Called at SIGHUP before the new workers are forked."""
    from service.worker import announce_reload

    announce_reload(arbiter.worker_age)


def post_worker_init(worker: Any) -> None:
    """Called in each worker once it has the application."""
    worker.wsgi.extensions[RECORDER].start()


def child_exit(arbiter: Any, worker: Any) -> None:
    """Called when a worker has ended, however that came about."""
    from service.worker import announce_end

    if _metrics_folder:
        _metrics_folder.forget_worker(worker.pid)
    announce_end(stopping=not arbiter.LISTENERS)


def on_exit(arbiter: object) -> None:
    """Called when the service ends."""
    remove_shared_file(_config.port, _memory)
    if _metrics_folder:
        _metrics_folder.remove()
