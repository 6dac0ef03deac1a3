import pytest

from service.config import PREFIX, Config, ConfigError, load_config


def test_environment_sets_fields_by_name() -> None:
    config = load_config({"ZHUJIAO_PORT": "8080", "PATH": "/bin"})
    assert config.port == 8080
    assert config.host == Config().host


def test_only_what_is_given_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUJIAO_PORT", "81")
    monkeypatch.setenv("ZHUJIAO_WORKERS", "none")
    assert load_config({}) == load_config({"PATH": "/bin"}) == Config()
    assert Config().port == 8000
    assert load_config({"ZHUJIAO_PORT": "82"}).port == 82


@pytest.mark.parametrize("name", Config.model_fields)
def test_empty_means_the_default(name: str) -> None:
    assert load_config({f"ZHUJIAO_{name.upper()}": ""}) == Config()


def test_unknown_setting_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(
        ConfigError, match=r"ZHUJIAO_PROT is not a setting; did you mean ZHUJIAO_PORT\?"
    ):
        load_config({"ZHUJIAO_PROT": "8080"})
    with pytest.raises(ConfigError, match="ZHUJIAO_PROT is not a setting"):
        load_config({"ZHUJIAO_PROT": ""})


def test_setting_like_no_other_is_refused_with_the_whole_list() -> None:
    with pytest.raises(ConfigError, match=r"the settings are .*ZHUJIAO_THREADS"):
        load_config({"ZHUJIAO_QQQ": "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("WORKERS", "0"),
        ("MAX_QUESTION_CHARACTERS", "20001"),
        ("DEFAULT_LANGUAGE", "fr"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_value_out_of_range_is_refused_in_one_line(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"ZHUJIAO_{name}='{value}' cannot be used") as caught:
        load_config({PREFIX + name: value})
    assert "\n" not in str(caught.value)


def test_every_setting_is_described() -> None:
    assert [name for name, told in Config.model_fields.items() if not told.description] == []


def test_defaults_keep_their_own_rules() -> None:
    assert Config.model_validate(Config().model_dump()) == Config()


def test_config_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Config().port = 1
