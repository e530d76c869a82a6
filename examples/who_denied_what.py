# ruff: noqa: PLC0415  (cells import what they use)
"""Who denied what: accusations with their denials, side by side, and how long an answer took.

Open it with `marimo edit`, or run it as a script. The record is the one that ONRECORD_RECORD names, else record.db here.
"""

import marimo

app = marimo.App(width="medium", app_title="Who denied what")


@app.cell
def _():
    import os

    import altair as alt
    import marimo as mo
    import pandas as pd

    import onrecord

    record = onrecord.Record.open(os.environ.get("ONRECORD_RECORD", "record.db"))
    return alt, mo, pd, record


@app.cell
def _(mo):
    mo.md(
        """
        # Who denied what

        A denial answers something. The record binds each denial to what it denies, where the words of the page or the contents of
        the two lines show it; a denial that it could not bind is left out here, and is still among the statements.
        """
    )


@app.cell
def _(pd, record):
    # The statements of every copy: relations name them by the ids on their own pages.
    lines = {row.id: row for row in record.rows("statements")}

    def who(row):
        return ", ".join(party.name for party in row.speaker or ()) or "not known"

    bonds = [one for one in record.relations() if one.kind == "denies" and one.from_ in lines and one.to in lines]
    denials = pd.DataFrame(
        [
            {
                "accused by": who(lines[one.to]),
                "accusation": lines[one.to].text,
                "said": lines[one.to].date.value,
                "denied by": who(lines[one.from_]),
                "denial": lines[one.from_].text,
                "denied on": lines[one.from_].date.value,
                "what is denied": one.denied.value if one.denied else "",
                "sure": one.confidence,
            }
            for one in bonds
        ],
        columns=["accused by", "accusation", "said", "denied by", "denial", "denied on", "what is denied", "sure"],
    )
    return bonds, denials, lines, who


@app.cell
def _(denials, mo):
    mo.vstack(
        [
            mo.md(
                "## Side by side\n\nThe words are the pages' own; `what is denied` is the fact, one's part in it, or the intent."
            ),
            denials,
        ]
    )


@app.cell
def _(denials):
    pairs = denials.groupby(["accused by", "denied by"], as_index=False).size().rename(columns={"size": "denials"})
    return (pairs,)


@app.cell
def _(alt, mo, pairs):
    matrix = (
        alt.Chart(pairs, title="Who denies whom")
        .mark_rect()
        .encode(
            x=alt.X("accused by:N", title="said by"),
            y=alt.Y("denied by:N", title="denied by"),
            color=alt.Color("denials:Q", title="denials"),
            tooltip=["accused by", "denied by", "denials"],
        )
    )
    mo.vstack([mo.md("## Who denies whom\n\nRows deny, columns are denied; darker is more often."), matrix])
    return (matrix,)


@app.cell
def _(denials, pd):
    both = denials[denials["said"].str.len().eq(10) & denials["denied on"].str.len().eq(10)]
    days = (pd.to_datetime(both["denied on"]) - pd.to_datetime(both["said"])).dt.days
    waits = pd.DataFrame({"days": days[days >= 0]})
    return (waits,)


@app.cell
def _(alt, mo, waits):
    waiting = (
        alt.Chart(waits, title="Days from the saying to its denial")
        .mark_bar()
        .encode(x=alt.X("days:O", title="days"), y=alt.Y("count()", title="denials"))
    )
    mo.vstack(
        [
            mo.md(
                "## How long an answer took\n\nOnly pairs in which both days are known; most denials come the same day, in the same report."
            ),
            waiting,
        ]
    )
    return (waiting,)


@app.cell
def _(mo, record):
    disputes = record.disputes().to_pandas()
    status = disputes.groupby("status", as_index=False).agg(accusations=("id", "count"))
    mo.vstack(
        [
            mo.md(
                "## What stands\n\nEvery accusation of the ledger by its status: a denial does not settle it, and silence is no admission."
            ),
            status,
        ]
    )
    return disputes, status


if __name__ == "__main__":
    app.run()
