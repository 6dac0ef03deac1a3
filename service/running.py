"""What the running application holds, by its type; `service/app.py` puts it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from service.assets import EXTENSION as ASSETS
from service.assets import PROGRAM, Assets
from service.recorder import EXTENSION as RECORDER
from service.recorder import Recorder

if TYPE_CHECKING:
    from service.config import Config
    from service.journal import Journal

CONFIG = "ZHUJIAO"
JOURNAL = "zhujiao.journal"


def config() -> Config:
    """Its settings."""
    found: Config = current_app.config[CONFIG]
    return found


def assets() -> Assets:
    """The files that its pages load."""
    found: Assets = current_app.extensions[ASSETS]
    return found


def program() -> str:
    """The digest of its code and templates."""
    found: str = current_app.extensions[PROGRAM]
    return found


def recorder() -> Recorder:
    """What it tells of every answer."""
    found: Recorder = current_app.extensions[RECORDER]
    return found


def journal() -> Journal:
    """Where it stores votes; to be asked for only where the settings store any."""
    found: Journal = current_app.extensions[JOURNAL]
    return found
