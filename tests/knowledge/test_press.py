"""Agencies and outlets by name, mark and host."""

from __future__ import annotations

import pytest

from onrecord.knowledge import Knowledge

KNOWN = Knowledge.load()

AGENCIES = [
    ("AP", "AP"),
    ("(AP)", "AP"),
    ("The Associated Press", "AP"),
    ("Associated Press", "AP"),
    ("Reuters", "Reuters"),
    ("REUTERS", "Reuters"),
    ("AFP", "AFP"),
    ("Agence France-Presse", "AFP"),
    ("Interfax", "Interfax"),
    ("ITAR-TASS", "TASS"),
    ("RFE/RL", "RFE/RL"),
    ("Radio Free Europe/Radio Liberty", "RFE/RL"),
    ("The Moscow Times", "The Moscow Times"),
    ("BBC News", "BBC"),
    ("www.themoscowtimes.com", "The Moscow Times"),
    ("ap", None),
    ("a time", None),
    ("time", None),
    ("The Associated", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "name"), AGENCIES)
def test_agency(words: str, name: str | None) -> None:
    assert KNOWN.agency(words) == name


HOSTS = [
    ("apnews.com", "AP"),
    ("www.apnews.com", "AP"),
    ("hosted.ap.org", "AP"),
    ("https://www.rferl.org/a/1.html", "RFE/RL"),
    ("//www.bbc.co.uk/news", "BBC"),
    ("news.bbc.co.uk:443", "BBC"),
    ("WWW.Reuters.COM", "Reuters"),
    ("example.org", None),
    ("notapnews.com", None),
    ("org", None),
    ("", None),
]


@pytest.mark.parametrize(("host", "name"), HOSTS)
def test_outlet_of_host(host: str, name: str | None) -> None:
    assert KNOWN.outlet_of_host(host) == name


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("BBC Russian", "BBC"),
        ("BBC", "BBC"),
        ("BBC News", "BBC"),
        ("RFE/RL", "USAGM"),
        ("AP", "AP"),
        ("Nobody's Gazette", None),
    ],
)
def test_family(name: str, family: str | None) -> None:
    assert KNOWN.family(name) == family


@pytest.mark.parametrize(
    ("name", "is_one"), [("AP", True), ("Reuters", True), ("The Moscow Times", False), ("Nobody", False)]
)
def test_is_agency(name: str, is_one: bool) -> None:
    assert KNOWN.is_agency(name) is is_one


def test_every_publisher_is_found_by_its_names_and_hosts() -> None:
    for publisher in KNOWN.publishers():
        assert KNOWN.agency(publisher.name) == publisher.name
        for host in publisher.hosts:
            assert KNOWN.outlet_of_host(host) == publisher.name
        assert KNOWN.family(publisher.name) == publisher.family
