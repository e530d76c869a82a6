"""Exports that other tools read: JSON-LD by an RDF library, FollowTheMoney by its own model, the record itself by Datasette."""

from __future__ import annotations

import asyncio
import io
import json
import socket
from typing import Any

import pytest

from onrecord.model import QuoteType
from onrecord.record import Record
from onrecord.views.export.formats import RECORD, Choices, Format, writer


def exported(record: Record, kind: str, format: Format) -> str:
    out = io.BytesIO()
    writer(kind, format)(record, out, Choices())
    return out.getvalue().decode()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a request left the machine")

    monkeypatch.setattr(socket.socket, "connect", refused)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_json_ld_is_read_without_a_network(sample_record: Record, no_network: None) -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph()
    graph.parse(data=exported(sample_record, "statements", Format.JSONLD), format="json-ld")
    schema, prov, oa = (
        rdflib.Namespace(iri)
        for iri in ("https://schema.org/", "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#")
    )
    kind = rdflib.RDF.type
    rows = {f"urn:x-onrecord:{row.statement.id}": row for row in sample_record.statement_rows()}
    assert {str(one) for one in graph.subjects(kind, schema.Claim)} == set(rows)
    quoted = {iri for iri, row in rows.items() if row.statement.quote_type in (QuoteType.DIRECT, QuoteType.MIXED)}
    assert {str(one) for one in graph.subjects(kind, schema.Quotation)} == quoted
    articles = set(graph.subjects(kind, schema.NewsArticle))
    for iri, row in rows.items():
        claim = rdflib.URIRef(iri)
        assert str(graph.value(claim, schema.text)) == row.content
        assert graph.value(claim, schema.appearance) in articles
        source = prov.wasQuotedFrom if iri in quoted else prov.wasDerivedFrom
        assert graph.value(claim, source) in articles
        activity = graph.value(claim, prov.wasGeneratedBy)
        assert (graph.value(activity, prov.wasAssociatedWith), kind, prov.SoftwareAgent) in graph
        speakers = {str(graph.value(one, schema.name)) for one in graph.objects(claim, schema.author)}
        assert speakers == {ref.name for ref in row.statement.speakers}
        spans = {
            (int(graph.value(one, oa.start)), int(graph.value(one, oa.end)))
            for one in graph.objects(claim, oa.hasSelector)
        }
        assert spans == {(span.start, span.end) for span in row.statement.content}


def test_entities_are_those_of_the_public_model(sample_record: Record) -> None:
    followthemoney = pytest.importorskip("followthemoney")
    entities = [json.loads(line) for line in exported(sample_record, RECORD, Format.FTM).splitlines()]
    assert len({one["id"] for one in entities}) == len(entities)
    by_id = {one["id"]: one for one in entities}
    ids = set(by_id)
    found: dict[str, int] = {}
    for one in entities:
        schema = followthemoney.model.get(one["schema"])
        assert schema is not None, one
        assert not schema.abstract
        found[one["schema"]] = found.get(one["schema"], 0) + 1
        proxy = followthemoney.model.get_proxy(one)
        for name, values in one["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (one["schema"], name)
            assert not prop.stub
            for value in values:
                assert prop.type.validate(value), (name, value)
            if prop.type.name == "entity":
                assert set(values) <= ids, (name, values)
                for value in values:
                    other = by_id[value]
                    assert prop.range is None or followthemoney.model.get(other["schema"]).is_a(prop.range), (
                        name,
                        other,
                    )
        assert set(schema.required) <= set(one["properties"])
        assert proxy.caption
    assert found["Event"] >= len(sample_record.statement_rows())
    assert {"Article", "Person", "PublicBody", "Organization", "UnknownLink"} <= set(found)


def test_datasette_opens_a_record(sample_record: Record) -> None:
    app = pytest.importorskip("datasette.app")

    async def ask(path: str) -> Any:
        served = app.Datasette([str(sample_record.path)], settings={"num_sql_threads": 1})
        response = await served.client.get(path)
        assert response.status_code == 200, response.text
        return response.json()

    name = sample_record.path.stem
    counted = asyncio.run(ask(f"/{name}.json?sql=select+count(*)+as+n+from+statements&_shape=array"))
    assert counted == [{"n": len(sample_record.statement_rows())}]
    found = asyncio.run(
        ask(
            f"/{name}.json?_shape=array&sql=select+s.id,+s.content_text+from+statement_words+w+join+statements+s+on+s.id+=+w.statement"
            "+where+statement_words+match+'ships'"
        )
    )
    assert found
    assert all("ships" in row["content_text"].lower() for row in found)
