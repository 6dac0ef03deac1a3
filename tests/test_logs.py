import json
import logging

from service.logs import JsonFormatter, log_failure
from tests.tiny import tiny_client


def test_line_is_one_json_object_even_with_line_ends_in_it() -> None:
    record = logging.LogRecord("zhujiao", logging.INFO, "", 0, "request", None, None)
    record.fields = {"route": "/a\nb", "status": 200}
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line) | {"time": ""} == {
        **{"time": "", "level": "info", "event": "request"},
        **{"route": "/a\nb", "status": 200},
    }
    assert json.loads(line)["time"].endswith("Z")


def test_request_line_names_the_route_and_holds_no_question(caplog) -> None:  # type: ignore[no-untyped-def]
    client = tiny_client()
    logging.getLogger("zhujiao").propagate = True
    with caplog.at_level(logging.INFO, "zhujiao"):
        client.post("/api/v1/ask", json={"question": "whispered"})
        client.get("/api/v1/search?q=whispered")
        client.get("/?q=whispered")
        client.get("/documents/whispered")
        client.open("/", method="whispered")
    lines = [record.fields for record in caplog.records]
    assert [line["route"] for line in lines[:4]] == [
        *("/api/v1/ask", "/api/v1/search", "/", "/documents/<document_id>")
    ]
    assert all(len(line["request_id"]) == 16 for line in lines)
    assert "whispered" not in json.dumps(lines).lower()


def test_failure_is_logged_by_its_type_and_where_it_passed(caplog) -> None:  # type: ignore[no-untyped-def]
    logging.getLogger("zhujiao").propagate = True
    try:
        raise KeyError("whispered")
    except KeyError as error:
        log_failure(error, "0123")
    (record,) = caplog.records
    assert record.fields["error"] == "KeyError"
    assert record.fields["passed"][0].startswith("test_logs.py:")
    assert "whispered" not in json.dumps(record.fields)
