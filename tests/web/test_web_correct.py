"""Joining and parting what belongs together, from the page: every kind that the command knows, by keyboard, without JavaScript."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.testclient import TestClient

from onrecord.model import CorrectionKind
from onrecord.record import Record, StatementFilter
from onrecord.views.web import Settings, create_app
from tests.web.conftest import LOCAL, TABLES, ids, some
from tests.web.test_web_browser import PHONE, problems

TOKEN = "a-token-for-reviewers"
SETTINGS = Settings(token=TOKEN, allow_corrections=True, reviewer="Ilsa", tables=TABLES)
SAME = "They are told as one."


@pytest.fixture(scope="module")
def reviewed(sample_record: Record, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A copy of the samples' record that may be corrected."""
    path: Path = tmp_path_factory.mktemp("reviewed") / "record.db"
    with sqlite3.connect(sample_record.path) as source, sqlite3.connect(path) as copy:
        source.backup(copy)
    return Record.open(path)


@pytest.fixture
def client(reviewed: Record) -> TestClient:
    """A reviewer's program over it."""
    made = TestClient(create_app(reviewed, SETTINGS), base_url=LOCAL)
    made.post("/enter", data={"token": TOKEN})
    return made


@pytest.fixture(scope="module")
def desk(serve: Callable[[Record, Settings], str], reviewed: Record) -> str:
    """The address of the page over it, which takes corrections."""
    return serve(reviewed, SETTINGS)


def entered(context: BrowserContext, desk: str) -> Page:
    """A page of a browser that has given the token."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{desk}/enter")
    page.locator("input[name=token]").fill(TOKEN)
    page.locator("input[name=token]").press("Enter")
    expect(page).to_have_url(f"{desk}/")
    return page


def fill(page: Page, heading: str, why: str = SAME, **fields: str) -> None:
    """Fills the form under the heading and sends it by the keyboard."""
    form = page.locator("form", has=page.get_by_role("heading", name=heading)).first
    for name, value in fields.items():
        form.locator(f"input[name={name}]:not([type=hidden]):not([type=checkbox])").fill(value)
    form.get_by_label("Why").fill(why)
    form.get_by_label("Why").press("Enter")
    expect(page.get_by_role("heading", name="Corrections", exact=True)).to_be_visible()


def take_back(record: Record, client: TestClient) -> None:
    """Takes back what is in force."""
    for entry in record.corrections():
        if entry.kind is not CorrectionKind.UNDO:
            client.post("/undo", data={"entry": entry.id, "key": SETTINGS.form_key, "why": "It was a trial."})


def pages_of(record: Record) -> dict[str, str]:
    """The addresses of the forms by what they correct."""
    of = ids(record)
    return {
        "event": f"/correct/event/{of['event']}",
        "report": f"/correct/story/{of['report']}",
        "story": f"/correct/story/{record.stories()[0].story.id}",
        "actor": "/correct/actor/state:karvelia",
        "line": f"/correct?statement={of['statement']}",
    }


@pytest.mark.parametrize("what", ["event", "report", "story", "actor", "line"])
def test_a_form_is_accessible_and_no_wider_than_a_telephone(
    browser: Browser, desk: str, reviewed: Record, what: str
) -> None:
    for options in ({"color_scheme": "light"}, {**PHONE, "color_scheme": "dark"}):
        context = browser.new_context(**options)
        page = entered(context, desk)
        page.goto(desk + pages_of(reviewed)[what])
        expect(page.get_by_role("button", name="Enter").first).to_be_visible()
        expect(page).to_have_url(desk + pages_of(reviewed)[what])
        assert problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        context.close()


def test_events_are_joined_and_parted_without_javascript(
    browser: Browser, desk: str, reviewed: Record, client: TestClient
) -> None:
    rows = [row for row in reviewed.events() if row.event.kind.value == "meeting"]
    one, two = rows[0].event, rows[-1].event
    context = browser.new_context(java_script_enabled=False)
    page = entered(context, desk)
    page.goto(f"{desk}/event/{one.id}")
    page.get_by_role("link", name="Correct this event").focus()
    page.keyboard.press("Enter")
    fill(page, "It is the same as another", other=f"{desk}/event/{two.id}")
    joined = reviewed.event(one.id).event
    assert {m.id for m in joined.mentions} >= {m.id for m in (*one.mentions, *two.mentions)}
    page.goto(f"{desk}/correct/event/{one.id}")
    for mention in two.mentions:
        page.locator(f"input[value='{mention.id}']").focus()
        page.keyboard.press("Space")
    fill(page, "A passage tells of something else", why="They are two after all.")
    assert not {m.id for m in reviewed.event(one.id).event.mentions} & {m.id for m in two.mentions}
    context.close()
    take_back(reviewed, client)
    assert reviewed.event(one.id).event == one


def test_an_event_of_the_same_day_is_offered(browser: Browser, desk: str, reviewed: Record, client: TestClient) -> None:
    rows = [row for row in reviewed.events() if row.event.date.value and len(row.event.date.value) == 10]
    one, two = next((a, b) for a in rows for b in rows if a is not b and a.event.date.value == b.event.date.value)
    context = browser.new_context(java_script_enabled=False)
    page = entered(context, desk)
    page.goto(f"{desk}/correct/event/{one.event.id}")
    page.locator(f"input[type=checkbox][value='{two.event.id}']").check()
    fill(page, "It is the same as another")
    last = [e for e in reviewed.corrections() if e.kind is CorrectionKind.JOIN_EVENTS][-1]
    assert (set(last.subject), last.who) == ({one.event.id, two.event.id}, "Ilsa")
    context.close()
    take_back(reviewed, client)


def test_reports_are_joined_and_parted_and_get_another_origin(
    browser: Browser, desk: str, reviewed: Record, client: TestClient
) -> None:
    of = ids(reviewed)
    report = reviewed.report(of["report"])
    alone = some(
        reviewed, "SELECT min(document) FROM report_documents GROUP BY report HAVING count(*) = 1 ORDER BY 1 LIMIT 1"
    )
    context = browser.new_context(java_script_enabled=False)
    page = entered(context, desk)
    page.goto(f"{desk}/story/{report.id}")
    page.get_by_role("link", name="Correct what belongs together").click()
    fill(page, "Another page carries the same text", other=f"{desk}/page/{alone}")
    row = {one.id: one for one in reviewed.documents()}[alone]
    assert row.report is not None and set(reviewed.report(row.report).documents) == {alone, *report.documents}
    page.goto(f"{desk}/correct/story/{row.report}")
    page.locator("form", has_text="A page is no copy of it").locator(f"input[value='{alone}']").check()
    fill(page, "A page is no copy of it", why="It has words of its own.")
    assert alone not in reviewed.report(report.id).documents
    page.goto(f"{desk}/correct/story/{report.id}")
    fill(page, "Who made the text", why="The byline says so.", value="Lindhavn Observer")
    assert reviewed.report(report.id).origin.names == ("Lindhavn Observer",)
    context.close()
    take_back(reviewed, client)
    assert reviewed.report(report.id) == report


def test_stories_are_joined_and_parted(browser: Browser, desk: str, reviewed: Record, client: TestClient) -> None:
    story = reviewed.stories()[0]
    inside = {page.id for page in story.documents}
    other = next(page for page in reviewed.documents() if page.id not in inside and page.report is not None)
    context = browser.new_context(java_script_enabled=False)
    page = entered(context, desk)
    page.goto(f"{desk}/page/{other.id}")
    page.get_by_role("link", name="Correct what belongs together").click()
    fill(page, "Another page tells the same story", other=f"{desk}/story/{story.story.id}")
    joined = next(one for one in reviewed.stories() if other.id in {page.id for page in one.documents})
    assert story.documents[0].id in {page.id for page in joined.documents}
    page.goto(f"{desk}/correct/story/{joined.story.id}")
    form = page.locator("form", has_text="A page tells another story")
    form.locator(f"input[value='{other.id}']").check()
    fill(page, "A page tells another story", why="It is of another day.")
    assert not [one for one in reviewed.stories() if other.id in {page.id for page in one.documents}]
    context.close()
    take_back(reviewed, client)
    assert reviewed.stories() == [story]


def test_actors_are_merged_and_parted(browser: Browser, desk: str, reviewed: Record, client: TestClient) -> None:
    said = reviewed.lines(StatementFilter(by="Tolvar"))
    somewhere = said[0].statement.document
    context = browser.new_context(java_script_enabled=False)
    page = entered(context, desk)
    page.goto(f"{desk}/actor/Radim%20Tolvar")
    page.get_by_role("link", name="Correct who this is").click()
    fill(page, "Another name is the same one", other="Bohdar Kestrin")
    assert len(reviewed.lines_by(reviewed.find_actor("Radim Tolvar"))) > len(said)
    page.goto(f"{desk}/correct/actor/Radim%20Tolvar")
    page.locator(f"input[type=checkbox][value='{somewhere}']").check()
    fill(page, "Somebody else is meant", why="It is his brother.", value="Elder Tolvar")
    assert somewhere in {row.statement.document for row in reviewed.lines_by(reviewed.find_actor("Elder Tolvar"))}
    log = page.locator("table").inner_text()
    assert "merge actors" in log and "Elder Tolvar" in log
    for link in page.locator("table a[href^='/show/']").all():
        assert page.request.get(desk + (link.get_attribute("href") or "")).status == 200
    context.close()
    take_back(reviewed, client)
    assert reviewed.lines(StatementFilter(by="Tolvar")) == said


def test_what_one_withdraws_another_keeps(browser: Browser, desk: str, reviewed: Record, client: TestClient) -> None:
    line = ids(reviewed)["statement"]
    line = reviewed.find_id(line) if line.startswith("st-") else reviewed.lines()[0].statement.id
    relation = next(r for r in reviewed.relations() if r.id.startswith("rel-"))
    given = {"key": SETTINGS.form_key, "why": "It is a caption.", "statement": line}
    client.post("/correct", data={**given, "what": "withdraw-line"})
    client.post("/correct", data={**given, "what": relation.id})
    assert "withdrew this line" in client.get(f"/statement/{line}").text
    assert reviewed.find_relation(relation.id) and relation.id not in {r.id for r in reviewed.relations()}
    context = browser.new_context(java_script_enabled=False)
    for kept in (CorrectionKind.WITHDRAW_LINE, CorrectionKind.WITHDRAW_RELATION):
        (entry,) = [e for e in reviewed.corrections() if e.kind is kept]
        page = entered(context, desk)
        page.goto(f"{desk}/corrections")
        form = page.locator(f"tr[id='{entry.id}'] form[action='/keep']")
        form.locator("input[name=who]").fill("Marek")
        form.locator("input[name=why]").fill("It is said in the text.")
        form.locator("input[name=why]").press("Enter")
        expect(page.locator("table")).to_contain_text("keep " + kept.value.rpartition("-")[2])
    expect(page.locator("table .note").first).to_be_visible()
    assert relation.id in {r.id for r in reviewed.relations()}
    assert problems_of_log(browser, desk) == []
    context.close()
    take_back(reviewed, client)


def problems_of_log(browser: Browser, desk: str) -> list[str]:
    """What axe finds in the log with its forms."""
    context = browser.new_context()
    page = entered(context, desk)
    page.goto(f"{desk}/corrections")
    found = problems(page)
    context.close()
    return found


def test_a_speaker_is_set_with_the_side_they_speak_for(reviewed: Record, client: TestClient) -> None:
    line = reviewed.lines(StatementFilter(by="Tolvar"))[0].statement.id
    form = client.get(f"/correct?statement={line}").text
    assert 'name="side"' in form
    given = {"key": SETTINGS.form_key, "why": "He is on loan.", "statement": line, "what": "set-speaker"}
    client.post("/correct", data={**given, "value": "Radim Tolvar", "side": "Tolmenia"})
    assert [ref.name for ref in reviewed.statement_rows([line])[0].statement.on_behalf_of] == ["Tolmenia"]
    take_back(reviewed, client)


REFUSED = [
    ({"what": "join-events", "subject": ["{event}"], "why": SAME}, 400, "Name another one"),
    ({"what": "join-events", "subject": ["{event}"], "other": "{page}", "why": SAME}, 404, "is no event"),
    ({"what": "join-events", "subject": ["{event}"], "other": "ev-nowhere", "why": SAME}, 404, "ev-nowhere"),
    ({"what": "split-event", "why": SAME}, 400, "Choose at least one"),
    ({"what": "split-report", "subject": ["{page}"], "why": " "}, 400, "needs a reason"),
    ({"what": "join-reports", "subject": ["{page}"], "other": "story-nowhere", "why": SAME}, 404, "no story"),
    ({"what": "split-actor", "subject": ["state:karvelia"], "why": SAME}, 400, "at least one page"),
    ({"what": "split-actor", "why": SAME}, 400, "which actor"),
    ({"what": "merge-actors", "subject": ["state:karvelia"], "other": "Karvelia", "why": SAME}, 400, "another one"),
    ({"what": "set-act", "subject": ["{event}"], "why": SAME}, 400, "what is to be corrected"),
]


@pytest.mark.parametrize(("given", "status", "sentence"), REFUSED)
def test_what_does_not_fit_is_one_sentence(
    reviewed: Record, client: TestClient, given: dict[str, object], status: int, sentence: str
) -> None:
    of = ids(reviewed)
    before = reviewed.corrections()
    data = {
        k: [v.format(**of) for v in one] if isinstance(one, list) else str(one).format(**of) for k, one in given.items()
    }
    answer = client.post("/regroup", data={**data, "key": SETTINGS.form_key})
    assert (answer.status_code, sentence in answer.text) == (status, True), answer.text[-600:]
    assert reviewed.corrections() == before


def test_no_form_is_given_without_the_token(reviewed: Record) -> None:
    stranger = TestClient(create_app(reviewed, SETTINGS), base_url=LOCAL, follow_redirects=False)
    reader = TestClient(create_app(reviewed, Settings(tables=TABLES)), base_url=LOCAL)
    for address in pages_of(reviewed).values():
        assert stranger.get(address).status_code in (303, 401)
        assert reader.get(address).status_code == 403
    for address in ("/regroup", "/keep", "/undo"):
        assert stranger.post(address, data={"key": SETTINGS.form_key}).status_code in (303, 401)
        assert reader.post(address, data={"key": SETTINGS.form_key}).status_code == 403
    forged = TestClient(create_app(reviewed, SETTINGS), base_url=LOCAL)
    forged.post("/enter", data={"token": TOKEN})
    assert forged.post("/regroup", data={"key": "forged", "what": "join-events"}).status_code == 403


def test_every_kind_of_correction_can_be_entered_from_a_page(reviewed: Record, client: TestClient) -> None:
    """The forms of all pages together offer each kind of the log; what keeps and undoes stands in the log itself."""
    line = ids(reviewed)["statement"]
    offered = "".join(client.get(address).text for address in pages_of(reviewed).values())
    offered += "".join(client.get(f"/correct?statement={row.statement.id}").text for row in reviewed.lines()[:3])
    told = set(re.findall(r'value="([a-z]+-[a-z]+)"', offered))
    client.post(
        "/correct",
        data={"key": SETTINGS.form_key, "why": SAME, "statement": reviewed.find_id(line), "what": "withdraw-line"},
    )
    log = client.get("/corrections").text
    assert 'action="/keep"' in log and 'action="/undo"' in log
    take_back(reviewed, client)
    by_hand = {CorrectionKind.UNDO, CorrectionKind.KEEP_RELATION, CorrectionKind.WITHDRAW_RELATION}
    assert told >= {kind.value for kind in CorrectionKind if kind not in by_hand}
    assert "This does not hold" in offered
