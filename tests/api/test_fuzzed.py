"""schemathesis against the description: whatever it says may be asked gets what it says is answered.

`make test` asks some hundred times for each address; `make fuzz-api` as often as FUZZ says."""

import os

import hypothesis
import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig

from participation.accounts import throttle
from participation.api.views import data
from tests import district
from tests.api.life import lived_in

EXAMPLES = int(os.environ.get("FUZZ", "25"))


@pytest.fixture
def api(app, kept, played, monkeypatch):
    kept(lived_in)
    # A fuzzer is no visitor; that visitors have a limit is tested beside the answers.
    monkeypatch.setattr(throttle, "API_NETWORK", throttle.Limit("api_network", 10**9, throttle.API_NETWORK.window))
    with played(district.NOW):
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=SchemathesisConfig())


def without_cursor(parameters: dict) -> dict:
    """Cursors are signed: none can be made up. What a wrong one is told is tested beside the answers."""
    return {name: value for name, value in parameters.items() if name != "cursor"}


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])
def test_whatever_is_asked_is_answered_as_described(api, mode):
    asked: dict[str, int] = {}
    for found in api.get_all_operations():
        operation = found.ok()

        @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
        @hypothesis.settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
        def ask(case) -> None:
            asked[case.operation.label] = asked.get(case.operation.label, 0) + 1
            if mode is schemathesis.GenerationMode.POSITIVE and case.query:
                case.query = without_cursor(case.query)
            case.call_and_validate()

        ask()
    assert len(asked) == sum(1 for _each in api.get_all_operations())
    assert min(asked.values()) > 1


@pytest.mark.filterwarnings("ignore")
def test_the_fuzzer_notices_one_field_too_many(api, monkeypatch):
    real = data.written
    monkeypatch.setattr(data, "written", lambda *given: real(*given) | {"phone": "13800001234"})
    operation = api["/departments"]["GET"]

    @hypothesis.given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))
    @hypothesis.settings(max_examples=3, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
    def ask(case) -> None:
        if case.query:
            case.query = without_cursor(case.query)
        case.call_and_validate()

    with pytest.raises(schemathesis.core.failures.FailureGroup):
        ask()
