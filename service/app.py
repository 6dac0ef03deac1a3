"""The composition root: Config and a loaded library -> the Flask application.

    create_app(Config(port=8080), library) -> an application that answers over `library`

Called without a library, as gunicorn does in each worker after the fork, it opens the index
that the configuration names, and another when one is built. Without an index that can be used
it answers 503 until there is one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from service import admission, assets, current_library, recorder, running
from service.admission import Admission
from service.api import api
from service.cite_this import cite_this
from service.client_address import believing
from service.config import Config, load_config
from service.cors import register_cors
from service.errors import register_errors
from service.feedback import feedback
from service.frame import frame
from service.headers import register_headers
from service.hot_reload import FixedLibrary, LiveLibrary
from service.logs import start_logging
from service.meter import meter, metrics_of, register_metrics
from service.pages import pages
from service.recorder import open_journal, open_recorder
from service.sources import sources
from service.widget import widget

if TYPE_CHECKING:
    from service.library import Library


def create_app(config: Config | None = None, library: Library | None = None) -> Flask:
    """ConfigError when a setting is wrong."""
    config = config or load_config()
    app = Flask("service", template_folder="../templates", static_folder=None)
    app.config[running.CONFIG] = config
    app.config["MAX_CONTENT_LENGTH"] = config.max_body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = config.max_body_bytes
    if isinstance(app.json, DefaultJSONProvider):
        app.json.ensure_ascii = False
        app.json.sort_keys = False
    app.url_map.merge_slashes = False
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    here = Path(__file__).parent
    app.extensions[assets.EXTENSION] = assets.load_assets(here / "static")
    app.extensions[assets.PROGRAM] = assets.program_digest(
        [here.with_name(name) for name in ("corpus", "service", "templates")]
    )
    start_logging(config.log_level)
    app.extensions[current_library.EXTENSION] = (
        FixedLibrary(library) if library else _live_library(config)
    )
    app.extensions[admission.EXTENSION] = Admission(config)
    _register_keeping(app, config)
    register_headers(app)
    register_cors(app)
    register_errors(app)
    for blueprint in (api, cite_this, feedback, meter, pages, sources, frame, widget):
        app.register_blueprint(blueprint)
    behind_proxies = believing(app.wsgi_app, config.trusted_proxies)
    app.wsgi_app = behind_proxies  # type: ignore[method-assign,assignment]
    return app


def _register_keeping(app: Flask, config: Config) -> None:
    """The journal, the question log and the metrics, where the settings want them."""
    register_metrics(app)
    journal = open_journal(config)
    app.extensions[running.JOURNAL] = journal
    app.extensions[recorder.EXTENSION] = open_recorder(config, journal, metrics_of(app))


def _live_library(config: Config) -> LiveLibrary:
    """The library of the index on disk, loaded now and again whenever another is built."""
    from service.library import library_opener  # the models load here, in the worker

    live = LiveLibrary(config.index_dir, library_opener(config), config.index_check_s)
    live.refresh()
    live.watch()
    return live
