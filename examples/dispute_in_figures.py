# ruff: noqa: PLC0415, B018  (cells import, and end in what they show)
"""A dispute in figures: who talks, what they do with words, and when. Open it with `marimo edit`, or run it as a script.

The record is the one that ONRECORD_RECORD names, else record.db here.
"""

import marimo

app = marimo.App(width="medium", app_title="A dispute in figures")


@app.cell
def _():
    import os

    import altair as alt
    import marimo as mo

    import onrecord

    record = onrecord.Record.open(os.environ.get("ONRECORD_RECORD", "record.db"))
    return alt, mo, record


@app.cell
def _(mo, record):
    about = record.about()
    mo.md(
        f"""
        # A dispute in figures

        The record holds **{about.documents} pages**, which make {about.reports} reports, and **{about.statements} statements** on all
        copies. A statement is what an outlet reports that somebody said; whether it is true is not for the record to say.
        """
    )


@app.cell
def _(mo):
    mo.md(
        "## Who speaks\n\nEach saying counts once, however many copies carry it: a wire report on forty sites is one."
    )


@app.cell
def _(record):
    statements = record.statements().to_pandas()
    speakers = (
        statements[statements["speaker"] != ""]
        .groupby("speaker", as_index=False)
        .agg(statements=("id", "count"), independent=("independent_reports", "sum"))
        .sort_values(["statements", "speaker"], ascending=[False, True])
        .head(12)
    )
    return speakers, statements


@app.cell
def _(alt, speakers):
    speaking = (
        alt.Chart(speakers, title="The twelve who are quoted most")
        .mark_bar()
        .encode(x=alt.X("statements:Q", title="statements"), y=alt.Y("speaker:N", sort="-x", title=None))
    )
    speaking
    return (speaking,)


@app.cell
def _(mo):
    mo.md(
        "## What they do with words\n\nEvery statement does one of sixteen things: it asserts, denies, demands, promises ... "
        "The chart gives each side's acts as a share of what it says, since sides that are quoted more say more of everything."
    )


@app.cell
def _(statements):
    # The side is whom somebody speaks for, or the speaker where nobody stands behind.
    sided = statements.assign(
        side=statements["on_behalf_of"].where(statements["on_behalf_of"] != "", statements["speaker"])
    )
    sides = sided[sided["side"] != ""]
    largest = (
        sides["side"].value_counts().sort_index(kind="stable").sort_values(ascending=False, kind="stable").head(6).index
    )
    acts = sides[sides["side"].isin(largest)].groupby(["side", "act"], as_index=False).agg(statements=("id", "count"))
    return (acts,)


@app.cell
def _(acts, alt):
    doing = (
        alt.Chart(acts, title="Acts of the six sides that are quoted most")
        .mark_bar()
        .encode(
            x=alt.X("statements:Q", stack="normalize", title="share of what the side says"),
            y=alt.Y("side:N", title=None),
            color=alt.Color("act:N", title="act", scale=alt.Scale(scheme="tableau20")),
            tooltip=["side", "act", "statements"],
        )
    )
    doing
    return (doing,)


@app.cell
def _(mo):
    mo.md(
        "## When\n\nOnly statements whose day is known are in the chart; those that the pages do not date are counted below it, "
        "since leaving them out unsaid would look like silence."
    )


@app.cell
def _(statements):
    dated = statements[statements["date_precision"] == "day"]
    months = (
        dated.assign(month=dated["date_value"].str[:7]).groupby(["month", "act"], as_index=False).agg(n=("id", "count"))
    )
    undated = len(statements) - len(dated)
    return months, undated


@app.cell
def _(alt, mo, months, undated):
    over_time = (
        alt.Chart(months[months["act"].isin(["accuse", "deny", "demand", "promise"])], title="By month")
        .mark_bar()
        .encode(
            x=alt.X("month:O", title=None), y=alt.Y("n:Q", title="statements"), color=alt.Color("act:N", title="act")
        )
    )
    mo.vstack([over_time, mo.md(f"{undated} statements have no day of their own.")])
    return (over_time,)


@app.cell
def _(mo):
    mo.md("## How things stand\n\nThe ledgers of the whole record: every row names the statements that it rests on.")


@app.cell
def _(record):
    promises = record.commitments().to_pandas()[["by", "to", "what", "deadline_value", "status"]]
    promises
    return (promises,)


if __name__ == "__main__":
    app.run()
