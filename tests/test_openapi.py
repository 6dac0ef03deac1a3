"""The description and the service say the same, by hand; `test_openapi_calls` has schemathesis say it."""

from __future__ import annotations

import re

from service.config import Config
from service.errors import ERRORS
from service.openapi import openapi_document
from tests.tiny import tiny_client

BESIDE_THE_API = {"/openapi.json", "/healthz", "/readyz"}


def test_every_address_for_programs_is_described_and_no_other() -> None:
    routes = tiny_client().application.url_map.iter_rules()
    served = {re.sub(r"<[^>]*>", "{}", rule.rule) for rule in routes}
    described = {re.sub(r"{[^}]*}", "{}", path) for path in openapi_document(Config())["paths"]}
    assert {path for path in served if path.startswith("/api/")} | BESIDE_THE_API == described
    assert described <= served


def test_every_reference_has_its_schema() -> None:
    text = repr(document := openapi_document(Config()))
    named = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert named | {"Ask"} == set(document["components"]["schemas"])


def test_error_codes_are_all_described() -> None:
    error = openapi_document(Config())["components"]["schemas"]["Error"]["properties"]["error"]
    assert error["properties"]["code"]["enum"] == list(ERRORS)


def test_limits_of_the_configuration_stand_in_the_description() -> None:
    config = Config(max_question_characters=7, max_history_turns=3, max_search_results=4)
    document = openapi_document(config)
    ask = document["components"]["schemas"]["Ask"]["properties"]
    count = document["paths"]["/api/v1/search"]["get"]["parameters"][1]["schema"]
    limits = (ask["question"]["maxLength"], ask["history"]["maxItems"], count["maximum"])
    assert limits == (7, 3, 4)
