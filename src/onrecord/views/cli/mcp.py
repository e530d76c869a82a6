"""The command `mcp`: the record as tools for a model, over standard input and output."""

from __future__ import annotations

from onrecord.model import errors
from onrecord.views.cli.options import DEFAULT_RECORD, RecordPath, Tables


def mcp(tables: Tables = None, record: RecordPath = DEFAULT_RECORD) -> None:
    """Serve the record to a model as read-only tools, by the Model Context Protocol over standard input and output."""
    try:
        from onrecord.views.mcp.server import server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "mcp":
            raise
        raise errors.OnrecordError(
            "The MCP server needs the SDK of the protocol: install it with `pip install 'onrecord[mcp]'`."
        ) from error
    from onrecord.views.python import Record

    with Record.open(record, tables=tables) as opened:
        server(opened).run("stdio")
