"""gunicorn's settings, from our own: `gunicorn --config python:service.gunicorn_conf ...`.

Threads, so that a slow connection holds a thread and not the worker. No preload: the models
and FAISS load in each worker after the fork, because an OpenMP pool that was started before
a fork hangs in the child. The dictionaries start no thread: they are read once, before the
fork, and every worker shares their memory. One BLAS thread each, because a query is small and
cores are few.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

from service.config import ConfigError, load_config
from service.logs import JsonFormatter

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

try:
    _config = load_config()
except ConfigError as error:
    raise SystemExit(str(error)) from None
_memory = Path("/dev/shm")  # noqa: S108  # nothing but the time of a worker's last sign of life

bind = f"[{_config.host}]:{_config.port}"  # the brackets that IPv6 needs hold any host
worker_class = "gthread"
workers = _config.workers
threads = _config.threads
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


def on_starting(arbiter: object) -> None:
    """Called by gunicorn before the first worker is forked."""
    from index.segment import load_dictionaries

    load_dictionaries()
    gc.freeze()  # a collection would write to every object, and the worker get a copy of its page
