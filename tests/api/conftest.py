"""The API over the samples' record, as an application in memory."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from onrecord.record import Record
from onrecord.views.api import Limits, app
from tests.conftest import SAMPLES


@pytest.fixture(scope="session")
def api_app(sample_record: Record) -> FastAPI:
    return app(lambda: sample_record, Limits(rate=0), SAMPLES / "actors.csv")


@pytest.fixture(scope="session")
def client(api_app: FastAPI) -> TestClient:
    return TestClient(api_app, base_url="http://testserver/api/v1", raise_server_exceptions=True)
