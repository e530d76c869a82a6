"""The JSON API as programs use it: the rows of the command line, paged; one shape of error; nothing sent twice; limits."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from onrecord.model import CorrectionKind, correction
from onrecord.record import Record
from onrecord.record.paging import page
from onrecord.record.rows import StatementFilter
from onrecord.views.api import Limits, app
from onrecord.views.api.limits import Buckets
from onrecord.views.cli.app import app as cli
from tests.conftest import SAMPLES


def whole(client: TestClient, path: str, limit: int = 40) -> list[dict[str, object]]:
    """Every row of a list, page by page."""
    rows: list[dict[str, object]] = []
    asked = f"{path}{'&' if '?' in path else '?'}limit={limit}"
    answer = client.get(asked)
    while True:
        assert answer.status_code == 200, answer.text
        rows += answer.json()["items"]
        if answer.json()["next"] is None:
            assert "link" not in answer.headers
            return rows
        answer = client.get(answer.links["next"]["url"])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/statements", "statements"),
        (
            "/statements?by=vessling&act=demand&since=2031&until=2031-06",
            "statements --by vessling --act demand --since 2031 --until 2031-06",
        ),
        ("/statements?match=ships&sure=0", "statements --match ships --sure 0"),
        ("/events", "events"),
        ("/events?kind=meeting&since=2031", "events --kind meeting --since 2031"),
        ("/timeline?undated=true", "timeline --undated"),
        ("/timeline?act=deny", "timeline --act deny"),
        ("/stories", "stories"),
        ("/figures", "events --figures"),
        ("/reports", "sources"),
        ("/actors?unnamed=true", "actors --unnamed --actors {tables}"),
        ("/demands?between=Karvelia&between=Sundmark", "demands --between Karvelia Sundmark"),
        ("/commitments?on=2031-07", "commitments --on 2031-07"),
        ("/disputes?hindsight=true&on=2031-05-21", "disputes --hindsight --on 2031-05-21"),
        ("/state/changes?since=2031-05&until=2031-07", "state --diff 2031-05 2031-07"),
        ("/position?name=Vessling&about=troops", "position Vessling --about troops"),
    ],
)
def test_lists_are_what_the_command_prints(client: TestClient, sample_record: Record, path: str, words: str) -> None:
    typed = [*words.format(tables=SAMPLES / "actors.csv").split(), "--json", "--record", str(sample_record.path)]
    printed = json.loads(CliRunner().invoke(cli, typed, catch_exceptions=False).stdout)
    served = client.get(path).json()["items"] if path.startswith("/position") else whole(client, path)
    assert sorted(map(json.dumps, served)) == sorted(map(json.dumps, printed))


def test_the_state_is_what_the_command_prints(client: TestClient, sample_record: Record) -> None:
    typed = ["state", "--on", "2031-05-21", "--json", "--record", str(sample_record.path)]
    printed = json.loads(CliRunner().invoke(cli, typed).stdout)
    served = client.get("/state?on=2031-05-21").json()
    assert served["rows"] == printed
    assert served["on"] == "2031-05-21"


def test_pages_are_in_order_and_complete_whatever_their_size(client: TestClient) -> None:
    one, other = whole(client, "/statements?sure=0", 7), whole(client, "/statements?sure=0", 500)
    assert one == other
    assert len({row["id"] for row in one}) == len(one) > 300


@pytest.mark.parametrize("path", ["/events", "/events?sayings=true", "/timeline?undated=true", "/actors", "/stories"])
@pytest.mark.parametrize("size", [1, 13])
def test_a_first_page_alone_is_the_beginning_of_the_list(
    sample_record: Record, client: TestClient, path: str, size: int
) -> None:
    """What is not kept yet is asked as far as it is shown, and no further."""
    made = app(lambda: sample_record, Limits(rate=0), SAMPLES / "actors.csv")
    fresh = TestClient(made, base_url="http://testserver/api/v1")
    mark = "&" if "?" in path else "?"
    first = fresh.get(f"{path}{mark}limit={size}").json()
    every = whole(client, path, 500)
    assert first["items"] == every[:size]
    assert (first["next"] is None) == (len(every) <= size)
    if first["next"] is not None:
        then = fresh.get(f"{path}{mark}limit={size}&cursor={first['next']}").json()
        assert then["items"] == every[size : 2 * size]


def test_a_page_goes_on_behind_the_last_one(sample_record: Record) -> None:
    wanted = StatementFilter(part=None)
    with sample_record.batch() as batch:
        plain = page(batch.connection, wanted, None, 10_000)
    first = sample_record.page(wanted, None, 100)
    assert first.rows == plain.rows[:100]
    assert first.more is not None
    assert sample_record.page(wanted, first.more, 100).rows == plain.rows[100:200]
    assert plain.more is None


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/statements?act=lie", 422, "act: Input should be"),
        ("/statements?since=2031-02-31", 422, "not a date"),
        ("/statements?limit=501", 422, "less than or equal to 500"),
        ("/statements?cursor=abc", 400, "none that this API gave"),
        ("/events?cursor=WzEsMiwzXQ", 400, "another question"),
        ("/statements/st-nothing", 404, "no line"),
        ("/statements/st", 409, "give more of it"),
        ("/events/{document}", 404, "is no event"),
        ("/documents/{document}/text?start=5&end=2", 422, "no characters 5 to 2"),
        ("/state?between=Karvelia", 422, "at least 2"),
        ("/state?between=Karvelia&between=Karvelia", 422, "one side"),
        ("/demands?by=Nobody+Atall", 404, "no actor"),
        ("/position?name=Orlecht&about=the", 422, "names no matter"),
        ("/nothing", 404, "/openapi.json"),
        ("/statements?by=" + "x" * 5000, 414, "4096 characters"),
    ],
)
def test_errors_have_one_shape(client: TestClient, sample_record: Record, path: str, status: int, says: str) -> None:
    answer = client.get(path.format(document=sample_record.documents()[0].id))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert set(body) == {"type", "title", "status", "detail"}
    assert body["status"] == status
    assert says in body["detail"]
    assert body["detail"].endswith(".")


@pytest.mark.parametrize(("path", "status"), [("/statements", 200), ("/documents/x", 404), ("/nothing", 404)])
def test_head_is_get_without_a_body(client: TestClient, path: str, status: int) -> None:
    full, bare = client.get(path), client.head(path)
    assert (bare.status_code, bare.content) == (status, b"")
    assert {**bare.headers} == {**full.headers}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/statements", "/state", "/documents/x"])
def test_nothing_can_be_written(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path, json={})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["status"] == 405


@pytest.mark.parametrize(
    "words", ['"', "AND OR NOT", "a* NEAR(b c)", "col:x", "'; DROP TABLE statements; --", "%_\\", "﷽ 💥"]
)
@pytest.mark.parametrize("field", ["match", "by", "about", "target", "outlet"])
def test_words_of_any_kind_are_words(client: TestClient, field: str, words: str) -> None:
    answer = client.get("/statements", params={field: words})
    assert answer.status_code == 200
    assert isinstance(answer.json()["items"], list)


def test_an_answer_is_not_sent_twice(client: TestClient) -> None:
    first = client.get("/events?kind=meeting")
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    again = client.get("/events?kind=meeting", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get("/events?kind=visit").headers["etag"] != tag
    assert client.get("/events?kind=meeting", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_changed_record_has_other_tags_and_answers(
    sample_record: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("changed") / "record.db"
    sample_record.optimise()
    copy.write_bytes(sample_record.path.read_bytes())
    with Record.open(copy, create=True) as record:
        client = TestClient(app(lambda: record, Limits(rate=0)), base_url="http://testserver/api/v1")
        before = client.get("/relations?limit=500")
        gone = before.json()["items"][0]["id"]
        entry = correction(
            CorrectionKind.WITHDRAW_RELATION, (gone,), who="a reader", when="2040-01-01T00:00:00Z", why="no"
        )
        record.correct([entry])
        after = client.get("/relations?limit=500", headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert gone not in {row["id"] for row in after.json()["items"]}
        everything = StatementFilter(part=None)
        # With a correction in the log pages are cut from the whole list.
        assert {row.statement.id for row in record.page(everything, None, 10_000).rows} == {
            row.statement.id for row in record.lines(everything)
        }
        cut = record.page(everything, None, 50)
        assert record.page(everything, cut.more, 10_000).rows == record.page(everything, None, 10_000).rows[50:]


def test_a_client_may_ask_so_often(sample_record: Record) -> None:
    limited = TestClient(app(lambda: sample_record, Limits(rate=0.01, burst=3)), base_url="http://testserver/api/v1")
    assert [limited.get("/about").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = limited.get("/about")
    assert int(refused.headers["retry-after"]) > 1
    assert refused.json()["title"] == "Too many requests"


def test_a_bucket_fills_again_and_forgets_the_oldest_clients() -> None:
    now = [0.0]
    buckets = Buckets(Limits(rate=2, burst=2, clients=2), clock=lambda: now[0])
    assert [buckets.wait("a") for _ in range(3)] == [0, 0, 1]
    now[0] = 0.5
    assert [buckets.wait("a"), buckets.wait("a")] == [0, 1]
    assert [buckets.wait("b"), buckets.wait("c")] == [0, 0]
    assert [buckets.wait("a") for _ in range(3)] == [0, 0, 1]


def test_a_draft_is_checked_and_a_large_one_refused(client: TestClient, sample_record: Record) -> None:
    row = next(r for r in sample_record.lines() if r.statement.quote_type.value == "direct" and r.statement.speakers)
    words = row.content.split(" … ")[0]
    answer = client.post("/check", json={"text": f'"{words}" said {row.statement.speakers[0].name}.'})
    (found,) = answer.json()["items"]
    assert found["verdict"] == "verbatim"
    assert found["found"][0]["document"]
    assert client.post("/check", content=b"x" * 1_000_001).status_code == 413
    for bad in (b'{"text":', b'{"text": "\\ud800"}', b"{}", b"[]", b'{"text": 3}'):
        assert client.post("/check", content=bad, headers={"Content-Type": "application/json"}).status_code == 422


def test_a_text_is_the_characters_of_the_page(client: TestClient, sample_record: Record) -> None:
    row = sample_record.lines()[0]
    start, end = row.statement.content[0].start, row.statement.content[0].end
    served = client.get(f"/documents/{row.statement.document}/text?start={start}&end={end}").json()
    assert served["text"] == sample_record.document(row.statement.document).text[start:end]
    assert (served["start"], served["end"]) == (start, end)
    whole_text = client.get(f"/documents/{row.statement.document}/text").json()
    assert whole_text["length"] == len(whole_text["text"]) == whole_text["end"]


def test_sources_add_up(client: TestClient, sample_record: Record) -> None:
    rows = client.get("/sources").json()["items"]
    assert sum(row["documents"] for row in rows) == len(sample_record.documents())
    for row in rows:
        assert row["articles"] == row["originals"] + row["copies"] + row["dependent"] + row["unknown"]
