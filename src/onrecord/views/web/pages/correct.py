"""Corrections: the log for everybody, and for reviewers with the token a form for every line; nothing the machine wrote is changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.model import Act, ActorKind, Correction, CorrectionKind, RelationKind, active, errors
from onrecord.record import Record, codec, fields
from onrecord.record.search import with_passage
from onrecord.views.cli import entering
from onrecord.views.web import asked, downloads, guard, marks
from onrecord.views.web.pages.statement import bonds
from onrecord.views.web.site import Site

#: What a reviewer can say of a line, in the order of the form.
_KINDS = (
    CorrectionKind.SET_SPEAKER, CorrectionKind.SET_TARGET, CorrectionKind.SET_ACT, CorrectionKind.SET_DATE,
    CorrectionKind.WITHDRAW_LINE, CorrectionKind.KEEP_LINE,
)  # fmt: skip
_LISTED, _REASON = 300, 1_000


class NotEntered(errors.OnrecordError):
    """A correction lacks something."""


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/corrections`` and, where corrections are allowed, ``/correct`` and ``/undo``."""
    _add_log(router, site)
    _add_undo(router, site)

    @router.get("/correct")
    def form(request: Request, statement: str) -> Response:
        _check(site, request, site.settings.form_key)
        row = site.record.statement_rows([entering.statement_of(site.record, statement)], withdrawn=True)[0]
        return site.page(
            request,
            "correct.html",
            row=row,
            line=site.record.ask(lambda c: with_passage(c, row)),
            passage=marks.passage,
            bonds=bonds(site.record, row),
            acts=tuple(Act),
            kinds=tuple(ActorKind),
            relations=tuple(RelationKind),
            reviewer=site.settings.reviewer,
        )

    @router.post("/correct")
    def enter(
        request: Request,
        key: Annotated[str, Form()] = "",
        statement: Annotated[str, Form()] = "",
        what: Annotated[str, Form()] = "",
        value: Annotated[str, Form()] = "",
        new: Annotated[str, Form()] = "",
        other: Annotated[str, Form()] = "",
        who: Annotated[str, Form()] = "",
        why: Annotated[str, Form()] = "",
    ) -> Response:
        _check(site, request, key)
        if not why.strip():
            raise NotEntered("A correction needs a reason, for whoever asks later.")
        reviewer = (who.strip() or site.settings.reviewer)[:100]
        found = entering.statement_of(site.record, statement)
        if what.startswith("rel-"):
            relation = site.record.find_relation(what)
            entry = entering.made(CorrectionKind.WITHDRAW_RELATION, (relation,), why.strip()[:_REASON], reviewer, None)
        elif what == CorrectionKind.ADD_RELATION.value:
            entry = _relation(site, found, value, other.strip(), reviewer, why.strip()[:_REASON])
        else:
            entry = _of_field(site, found, what, value.strip(), new, reviewer, why.strip()[:_REASON])
        _write(site.record, entry)
        return RedirectResponse(f"/corrections#{entry.id}", 303)


def _add_undo(router: APIRouter, site: Site) -> None:
    @router.post("/undo")
    def undo(
        request: Request,
        key: Annotated[str, Form()] = "",
        entry: Annotated[str, Form()] = "",
        why: Annotated[str, Form()] = "",
    ) -> Response:
        _check(site, request, key)
        if not why.strip():
            raise NotEntered("Taking a correction back needs a reason.")
        made = entering.made(CorrectionKind.UNDO, (entry,), why.strip()[:_REASON], site.settings.reviewer, None)
        _write(site.record, made)
        return RedirectResponse(f"/corrections#{made.id}", 303)


def _relation(site: Site, line: str, kind: str, other: str, who: str, why: str) -> Correction:
    """The entry that a line does something to another, which is named by its id or by the address of its page."""
    if kind not in {one.value for one in RelationKind}:
        raise NotEntered("Say what the line does to the other.")
    end = entering.statement_of(site.record, other.rpartition("/")[2])
    if end == line:
        raise NotEntered("A line does nothing to itself: name another one.")
    return entering.made(CorrectionKind.ADD_RELATION, (line, end), why, who, kind)


def _add_log(router: APIRouter, site: Site) -> None:
    @router.get("/corrections")
    def log(request: Request) -> Response:
        entries = site.record.corrections()
        return site.page(
            request,
            "corrections.html",
            entries=list(reversed(entries))[:_LISTED],
            in_force={entry.id for entry in active(entries)},
            in_words=_in_words,
        )

    @downloads.table(router, "corrections")
    def rows(_: Request) -> list[downloads.Row]:
        entries = site.record.corrections()
        in_force = {entry.id for entry in active(entries)}
        return [
            {
                "id": e.id, "what": e.kind.value, "subject": list(e.subject), "value": _in_words(e), "who": e.who, "when": e.when,
                "why": e.why, "in_force": e.id in in_force,
            }
            for e in entries
        ]  # fmt: skip


def _in_words(entry: Correction) -> str:
    return fields.in_words(entry.kind, entry.value) if entry.kind in fields.FIELD_OF else entry.value or ""


def _check(site: Site, request: Request, key: str) -> None:
    """Refuses whoever may not correct, and forms that this page did not give out."""
    if not site.settings.allow_corrections:
        raise HTTPException(403, "Corrections are not taken here: start the server with --allow-corrections.")
    if not guard.may_correct(request, site.settings):
        raise HTTPException(403, "Corrections need the token: enter it at /enter.")
    if not guard.is_own_form(key, site.settings):
        raise HTTPException(403, "This form is not from this page; load it again.")


def _of_field(site: Site, statement: str, what: str, value: str, new: str, who: str, why: str) -> Correction:
    if what not in {kind.value for kind in _KINDS}:
        raise NotEntered("Say what is to be corrected.")
    kind = CorrectionKind(what)
    made = _value(site, statement, kind, value, new)
    return site.record.ask(lambda c: fields.entry(c, kind, statement, made, who=who, when=entering.now(), why=why))


def _value(site: Site, statement: str, kind: CorrectionKind, value: str, new: str) -> str | None:
    """What the correction sets, in the form in which the log keeps it; empty means not known."""
    match kind:
        case CorrectionKind.SET_SPEAKER | CorrectionKind.SET_TARGET:
            if new and new not in {one.value for one in ActorKind}:
                raise NotEntered(f"{new!r} is no kind of actor.")
            made = ActorKind(new) if new else None
            names = [name.strip() for name in value.split(";") if name.strip()]
            found = tuple(entering.actor_named(site.record, name, site.knowledge, made) for name in names)
            if kind is CorrectionKind.SET_TARGET:
                return codec.dump(found)
            read = site.record.ask(lambda c: fields.read_statement(c, statement))
            return entering.speakers(site.record, read, found, (), site.knowledge)
        case CorrectionKind.SET_ACT:
            if value not in {act.value for act in Act}:
                raise NotEntered(f"{value!r} is no act: there are {', '.join(act.value for act in Act)}.")
            return value
        case CorrectionKind.SET_DATE:
            return asked.day(value) or ""
        case _:
            return None


def _write(record: Record, entry: Correction) -> None:
    # A connection of its own, opened to write: those that answer questions stay readers.
    with Record.open(record.path, create=True) as opened:
        opened.correct([entry])
