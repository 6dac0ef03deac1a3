"""The composition root: Config and a loaded library -> the Flask application.

    create_app(Config(port=8080), library) -> an application that answers over `library`

Called without a library, as gunicorn does in each worker after the fork, it opens the index
that the configuration names.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from service import assets, door
from service.api import api
from service.config import Config, load_config
from service.cors import register_cors
from service.cite_this import cite_this
from service.door import Library
from service.embed import embed
from service.errors import register_errors
from service.headers import register_headers
from service.logs import start_logging
from service.pages import pages
from service.sources import sources
from service.widget import widget


def create_app(config: Config | None = None, library: Library | None = None) -> Flask:
    """ConfigError when a setting is wrong; what opening the index raises when it is damaged."""
    config = config or load_config()
    app = Flask("service", template_folder="../templates", static_folder=None)
    app.config["ZHUJIAO"] = config
    app.config["MAX_CONTENT_LENGTH"] = config.max_body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = config.max_body_bytes
    if isinstance(app.json, DefaultJSONProvider):
        app.json.ensure_ascii = False
        app.json.sort_keys = False
    app.url_map.merge_slashes = False
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions[assets.EXTENSION] = assets.load_assets(Path(__file__).with_name("static"))
    app.extensions[door.EXTENSION] = library or _open_library(config)
    start_logging(config.log_level)
    register_headers(app)
    register_cors(app)
    register_errors(app)
    for blueprint in (api, cite_this, pages, embed, widget, sources):
        app.register_blueprint(blueprint)
    return app


def _open_library(config: Config) -> Library:
    from service.library import open_library  # the models load here, in the worker

    return open_library(config)
