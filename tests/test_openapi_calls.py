"""The service keeps to its description: schemathesis calls every address with what it allows and with what it does not.

What is called is made up while tests are collected, which takes seconds: `dev.py fast` leaves this module out.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from tests.tiny import tiny_client

schema = schemathesis.openapi.from_wsgi("/openapi.json", tiny_client().application)


@schema.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.slow
def test_service_keeps_to_its_description(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()
