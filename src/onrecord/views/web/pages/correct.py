"""Corrections: the log for everybody, and for reviewers with the token a form for every line; nothing the machine wrote is changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.model import Act, Actor, ActorKind, Correction, CorrectionKind, RelationKind, active, errors
from onrecord.record import Record, codec, fields
from onrecord.record.conflicts import Conflict, conflicts
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
#: What is entered against somebody else's withdrawal.
KEEPING = {
    CorrectionKind.WITHDRAW_LINE: CorrectionKind.KEEP_LINE,
    CorrectionKind.WITHDRAW_RELATION: CorrectionKind.KEEP_RELATION,
}
_LISTED, _REASON = 300, 1_000


class NotEntered(errors.OnrecordError):
    """A correction lacks something."""


def add(router: APIRouter, site: Site) -> None:
    """Adds ``/corrections`` and, where corrections are allowed, ``/correct``, ``/undo`` and ``/keep``."""
    _add_log(router, site)
    _add_undo(router, site)
    _add_keep(router, site)

    @router.get("/correct")
    def form(request: Request, statement: str) -> Response:
        admit(site, request, site.settings.form_key)
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
        side: Annotated[str, Form()] = "",
        other: Annotated[str, Form()] = "",
        who: Annotated[str, Form()] = "",
        why: Annotated[str, Form()] = "",
    ) -> Response:
        admit(site, request, key)
        reviewer = (who.strip() or site.settings.reviewer)[:100]
        found = entering.statement_of(site.record, statement)
        if what.startswith("rel-"):
            relation = site.record.find_relation(what)
            entry = entering.made(CorrectionKind.WITHDRAW_RELATION, (relation,), reason(why), reviewer, None)
        elif what == CorrectionKind.ADD_RELATION.value:
            entry = _relation(site, found, value, other.strip(), reviewer, reason(why))
        else:
            made = _value(site, found, _kind(what), value.strip(), new, side)
            entry = _of_field(site, found, _kind(what), made, reviewer, reason(why))
        write(site.record, entry)
        return RedirectResponse(f"/corrections#{entry.id}", 303)


def _add_undo(router: APIRouter, site: Site) -> None:
    @router.post("/undo")
    def undo(
        request: Request,
        key: Annotated[str, Form()] = "",
        entry: Annotated[str, Form()] = "",
        why: Annotated[str, Form()] = "",
    ) -> Response:
        admit(site, request, key)
        made = entering.made(CorrectionKind.UNDO, (entry,), reason(why), site.settings.reviewer, None)
        write(site.record, made)
        return RedirectResponse(f"/corrections#{made.id}", 303)


def _add_keep(router: APIRouter, site: Site) -> None:
    @router.post("/keep")
    def keep(
        request: Request,
        key: Annotated[str, Form()] = "",
        entry: Annotated[str, Form()] = "",
        who: Annotated[str, Form()] = "",
        why: Annotated[str, Form()] = "",
    ) -> Response:
        admit(site, request, key)
        reviewer = (who.strip() or site.settings.reviewer)[:100]
        found = next((one for one in site.record.corrections() if one.id == entry), None)
        if found is None or found.kind not in KEEPING:
            raise NotEntered("Only what somebody withdrew can be kept against them.")
        kind, subject = KEEPING[found.kind], found.subject
        if kind is CorrectionKind.KEEP_RELATION:
            made = entering.made(kind, subject, reason(why), reviewer, None)
        else:
            made = _of_field(site, subject[0], kind, None, reviewer, reason(why))
        write(site.record, made)
        return RedirectResponse(f"/corrections#{made.id}", 303)


def reason(why: str) -> str:
    """The reason of an entry, cut to what the log takes.

    Raises:
        NotEntered: when none is given.
    """
    if not why.strip():
        raise NotEntered("A correction needs a reason, for whoever asks later.")
    return why.strip()[:_REASON]


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
            keeping=KEEPING,
            conflicts=_conflicts(site),
            reviewer=site.settings.reviewer,
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


def _conflicts(site: Site) -> dict[str, list[Conflict]]:
    """The entries in force that do not fit, by their ids."""
    found: dict[str, list[Conflict]] = {}
    for one in site.kept("conflicts", lambda: site.record.ask(conflicts)):
        found.setdefault(one.correction.id, []).append(one)
    return found


def _in_words(entry: Correction) -> str:
    return fields.in_words(entry.kind, entry.value) if entry.kind in fields.FIELD_OF else entry.value or ""


def admit(site: Site, request: Request, key: str) -> None:
    """Refuses whoever may not correct, and forms that this page did not give out.

    Raises:
        HTTPException: with status 403 and the reason.
    """
    if not site.settings.allow_corrections:
        raise HTTPException(403, "Corrections are not taken here: start the server with --allow-corrections.")
    if not guard.may_correct(request, site.settings):
        raise HTTPException(403, "Corrections need the token: enter it at /enter.")
    if not guard.is_own_form(key, site.settings):
        raise HTTPException(403, "This form is not from this page; load it again.")


def _kind(what: str) -> CorrectionKind:
    if what not in {kind.value for kind in _KINDS}:
        raise NotEntered("Say what is to be corrected.")
    return CorrectionKind(what)


def _of_field(site: Site, statement: str, kind: CorrectionKind, made: str | None, who: str, why: str) -> Correction:
    return site.record.ask(lambda c: fields.entry(c, kind, statement, made, who=who, when=entering.now(), why=why))


def _value(site: Site, statement: str, kind: CorrectionKind, value: str, new: str, side: str) -> str | None:
    """What the correction sets, in the form in which the log keeps it; empty means not known."""
    match kind:
        case CorrectionKind.SET_SPEAKER | CorrectionKind.SET_TARGET:
            if new and new not in {one.value for one in ActorKind}:
                raise NotEntered(f"{new!r} is no kind of actor.")
            made = ActorKind(new) if new else None
            found = _actors(site, value, made)
            if kind is CorrectionKind.SET_TARGET:
                return codec.dump(found)
            read = site.record.ask(lambda c: fields.read_statement(c, statement))
            return entering.speakers(site.record, read, found, _actors(site, side, None), site.knowledge)
        case CorrectionKind.SET_ACT:
            if value not in {act.value for act in Act}:
                raise NotEntered(f"{value!r} is no act: there are {', '.join(act.value for act in Act)}.")
            return value
        case CorrectionKind.SET_DATE:
            return asked.day(value) or ""
        case _:
            return None


def _actors(site: Site, names: str, new: ActorKind | None) -> tuple[Actor, ...]:
    parts = [name.strip() for name in names.split(";") if name.strip()]
    return tuple(entering.actor_named(site.record, name, site.knowledge, new) for name in parts)


def write(record: Record, entry: Correction) -> None:
    """Adds an entry to the log of the record."""
    # A connection of its own, opened to write: those that answer questions stay readers.
    with Record.open(record.path, create=True) as opened:
        opened.correct([entry])
