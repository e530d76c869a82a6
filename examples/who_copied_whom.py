# ruff: noqa: PLC0415  (cells import what they use)
"""Who copied whom: how many reports stand behind the pages, and which outlets print whose words.

Open it with `marimo edit`, or run it as a script. The record is the one that ONRECORD_RECORD names, else record.db here.
"""

import marimo

app = marimo.App(width="medium", app_title="Who copied whom")


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
def _(mo, record):
    reports = record.reports()
    copies = sum(len(row.copies) for row in reports)
    mo.md(
        f"""
        # Who copied whom

        {len(reports)} reports stand behind {len(reports) + copies} pages: the others carry a text that another page of the record has
        too. Ten copies of one report are one witness, not ten.
        """
    )
    return copies, reports


@app.cell
def _(pd, reports):
    origins = pd.DataFrame(
        [
            {
                "origin": ", ".join(row.origin) or "not known",
                "printed by": page.publisher or "not known",
                "how": "its own" if page.id == row.lead.id else "copy",
                "independence": row.independence.value,
            }
            for row in reports
            for page in (row.lead, *row.copies)
        ]
    )
    flows = origins.groupby(["origin", "printed by"], as_index=False).size().rename(columns={"size": "pages"})
    return flows, origins


@app.cell
def _(alt, flows, mo):
    printed = (
        alt.Chart(flows, title="Whose words each outlet prints")
        .mark_circle()
        .encode(
            x=alt.X("origin:N", title="who wrote it"),
            y=alt.Y("printed by:N", title=None),
            size=alt.Size("pages:Q", title="pages"),
            tooltip=["origin", "printed by", "pages"],
        )
    )
    mo.vstack(
        [mo.md("## Whose words\n\nA mark beside the diagonal is an outlet that prints somebody else's text."), printed]
    )
    return (printed,)


@app.cell
def _(pd, reports):
    shared = pd.DataFrame(
        [
            {
                "original": row.lead.title or row.lead.path,
                "by": ", ".join(row.origin) or "not known",
                "copied by": page.publisher or "not known",
                "share of words": page.shared,
                "why": page.why,
            }
            for row in reports
            for page in row.copies
        ],
        columns=["original", "by", "copied by", "share of words", "why"],
    )
    return (shared,)


@app.cell
def _(mo, shared):
    mo.vstack(
        [
            mo.md(
                "## How much of it\n\nThe share of the copy's words that the original has, and why it counts as a copy."
            ),
            shared,
        ]
    )


@app.cell
def _(record):
    sources = record.sources().to_pandas().fillna({"outlet": "not known"})
    mix = sources.melt(
        id_vars=["outlet"],
        value_vars=["originals", "copies", "dependent", "unknown"],
        var_name="kind",
        value_name="count",
    )
    return mix, sources


@app.cell
def _(alt, mix, mo):
    mixed = (
        alt.Chart(mix, title="What each outlet's articles are")
        .mark_bar()
        .encode(
            x=alt.X("count:Q", title="articles"),
            y=alt.Y("outlet:N", sort="-x", title=None),
            color=alt.Color("kind:N", title=None),
        )
    )
    mo.vstack(
        [
            mo.md(
                "## The mix\n\nUnknown is a value: where nothing says who wrote a text, it is not counted as anybody's own."
            ),
            mixed,
        ]
    )
    return (mixed,)


@app.cell
def _(record):
    lines = record.statements(sure=0).to_pandas()
    behind = lines.groupby(["outlets", "independent_reports"], as_index=False).agg(statements=("id", "count"))
    return behind, lines


@app.cell
def _(alt, behind, mo):
    witnesses = (
        alt.Chart(behind, title="Outlets that carry a statement, and independent reports behind it")
        .mark_rect()
        .encode(
            x=alt.X("outlets:O", title="outlets"),
            y=alt.Y("independent_reports:O", sort="descending", title="independent reports"),
            color=alt.Color("statements:Q", title="statements"),
        )
    )
    mo.vstack(
        [
            mo.md(
                "## What that means\n\nFurther to the right is more often printed, further up is better witnessed: the first is not the second."
            ),
            witnesses,
        ]
    )
    return (witnesses,)


if __name__ == "__main__":
    app.run()
