from pathlib import Path

import pytest

from service.app import create_app
from service.config import Config, ConfigError
from tests.tiny import tiny_library

ROOT = Path(__file__).parents[1]


def test_application_answers_over_the_library_it_is_given() -> None:
    app = create_app(Config(), tiny_library())
    assert app.test_client().get("/readyz").get_json()["index_version"] == "tiny-1"


def test_two_applications_share_nothing() -> None:
    short = create_app(Config(max_question_characters=3), tiny_library()).test_client()
    plain = create_app(Config(), tiny_library()).test_client()
    body = {"question": "night"}
    assert short.post("/api/v1/ask", json=body).status_code == 400
    assert plain.post("/api/v1/ask", json=body).status_code == 200


def test_wrong_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUJIAO_THREDS", "4")
    with pytest.raises(ConfigError, match="did you mean ZHUJIAO_THREADS"):
        create_app(library=tiny_library())


def test_missing_index_is_said_with_the_cure_until_there_is_one(tmp_path: Path) -> None:
    app = create_app(Config(index_dir=tmp_path / "none", model_dir=tmp_path / "model"))
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert "zhujiao build" in response.get_json()["error"]["message"]
