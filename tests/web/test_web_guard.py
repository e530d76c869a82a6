"""Who may ask, who may correct: the token, the host's name, forms of other sites, and where the server starts at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.model import StatementPart
from onrecord.record import Record, StatementFilter
from onrecord.views.web import Settings, create_app
from onrecord.views.web.settings import is_loopback
from tests.web.conftest import LOCAL, TABLES

TOKEN = "a-token-for-the-tests"


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False), ("halvik.example", False), ("10.0.0.7", False)],
)  # fmt: skip
def test_loopback_is_told_from_the_rest(host: str, local: bool) -> None:
    assert is_loopback(host) is local


def test_the_server_does_not_start_for_others_without_a_token(sample_record: Record) -> None:
    command = [
        str(Path(sys.executable).parent / "onrecord"),
        "serve",
        "--host",
        "0.0.0.0",
        "--record",
        str(sample_record.path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "onrecord: Serving at 0.0.0.0 would let others in: give a token of your own with --token, or `--token new` for one."
    )


@pytest.fixture(scope="module")
def guarded(sample_record: Record) -> TestClient:
    settings = Settings(host="0.0.0.0", token=TOKEN, tables=TABLES)
    return TestClient(create_app(sample_record, settings), base_url="http://record.example", follow_redirects=False)


def test_a_browser_without_the_token_is_sent_to_the_door(guarded: TestClient) -> None:
    answer = guarded.get("/search", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/enter")
    assert guarded.get("/data/matrix.json").status_code == 401
    assert guarded.get("/api/v1/about").status_code == 401
    assert guarded.get("/openapi.json").status_code == 401
    assert guarded.post("/enter", data={"token": "another"}).status_code == 403


def test_the_token_opens_as_cookie_and_as_bearer(sample_record: Record) -> None:
    app = create_app(sample_record, Settings(host="0.0.0.0", token=TOKEN, tables=TABLES))
    with TestClient(app, base_url="http://record.example", follow_redirects=False) as fresh:
        assert fresh.get("/api/v1/about", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        entered = fresh.post("/enter", data={"token": TOKEN})
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=strict" in cookie and TOKEN not in cookie
        assert fresh.get("/about").status_code == 200


def test_a_foreign_name_for_this_machine_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "record.example:8000"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8000"}).status_code == 200


def test_a_form_of_another_site_and_a_large_body_are_refused(client: TestClient) -> None:
    assert client.post("/check", data={"draft": "x"}, headers={"origin": "http://elsewhere.example"}).status_code == 403
    assert client.post("/check", data={"draft": "x"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/check", data={"draft": "x" * 1_100_000}).status_code == 413


def test_corrections_are_not_taken_unless_allowed(client: TestClient, sample_record: Record) -> None:
    line = sample_record.lines(StatementFilter(limit=1))[0].statement.id
    assert client.get(f"/correct?statement={line}").status_code == 403
    given = {"statement": line, "what": "withdraw-line", "why": "no", "key": "x"}
    assert client.post("/correct", data=given).status_code == 403


@pytest.fixture
def reviewed(hostile_record: Record) -> TestClient:
    settings = Settings(token=TOKEN, allow_corrections=True, reviewer="Ilsa", tables=TABLES)
    client = TestClient(create_app(hostile_record, settings), base_url=LOCAL)
    client.post("/enter", data={"token": TOKEN})
    return client


def test_a_reviewer_corrects_a_line_and_takes_it_back(reviewed: TestClient, hostile_record: Record) -> None:
    rows = hostile_record.lines(StatementFilter(by="Tolvar", part=StatementPart.BODY))
    line = rows[0].statement.id
    form = reviewed.get(f"/correct?statement={line}").text
    key = Settings(token=TOKEN).form_key
    assert key in form
    given = {"statement": line, "key": key, "why": "The page says that he warns."}
    assert (
        reviewed.post("/correct", data={**given, "what": "set-act", "value": "warn", "key": "forged"}).status_code
        == 403
    )
    assert reviewed.post("/correct", data={**given, "what": "set-act", "value": "warn", "why": " "}).status_code == 400
    done = reviewed.post("/correct", data={**given, "what": "set-act", "value": "warn"})
    assert done.status_code == 200 and "warn" in done.text and "Ilsa" in done.text
    assert hostile_record.statement_rows([line])[0].statement.act.value == "warn"
    assert line in reviewed.get("/search?act=warn").text
    speaker = reviewed.post("/correct", data={**given, "what": "set-speaker", "value": "Jonas Ekermark"})
    assert speaker.status_code == 200
    assert hostile_record.statement_rows([line])[0].statement.speakers[0].name == "Jonas Ekermark"
    for entry in hostile_record.corrections():
        reviewed.post("/undo", data={"entry": entry.id, "key": key, "why": "It was a trial."})
    assert hostile_record.statement_rows([line])[0].statement == rows[0].statement


def test_a_reviewer_joins_two_lines_that_the_machine_left_apart(reviewed: TestClient, hostile_record: Record) -> None:
    one, two = (row.statement.id for row in hostile_record.lines(StatementFilter(part=StatementPart.BODY))[:2])
    assert "What it does that is missing" in reviewed.get(f"/correct?statement={one}").text
    key = Settings(token=TOKEN).form_key
    given = {"statement": one, "key": key, "why": "It is about the same.", "what": "add-relation"}
    for value, other in (("repeats", one), ("likes", two)):
        assert reviewed.post("/correct", data={**given, "value": value, "other": other}).status_code == 400
    done = reviewed.post("/correct", data={**given, "value": "answers", "other": f"{LOCAL}/statement/{two}"})
    assert done.status_code == 200
    (entry,) = [e for e in hostile_record.corrections() if e.subject == (one, two)]
    assert "answers" in {r.kind.value for r in hostile_record.relations([one])}
    reviewed.post("/undo", data={"entry": entry.id, "key": key, "why": "It was a trial."})
    assert hostile_record.relations([one]) == [r for r in hostile_record.relations([one]) if r.made_by != entry.id]
