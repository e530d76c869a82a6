"""The MCP server: the tools over standard input and output, by the official SDK."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations

from onrecord import __version__
from onrecord.model.errors import OnrecordError
from onrecord.views.mcp.answers import NOTE, text_of
from onrecord.views.mcp.tools import Data, Tools
from onrecord.views.python import Record

INSTRUCTIONS = (
    "A sourced record of a dispute between states and organisations, made from news pages: who said or did what to whom, when, who "
    f"denied it, what was demanded and promised. {NOTE} Cite outlet, date and offsets with everything you tell."
)


def server(record: Record) -> MCPServer[Any]:
    """A server over `record` with every tool, each marked as read-only and closed to the world outside the record."""
    made: MCPServer[Any] = MCPServer("onrecord", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for tool in Tools(record).all():
        made.add_tool(_answering(tool), name=tool.__name__, annotations=hints, structured_output=False)
    return made


def _answering(tool: Callable[..., Data]) -> Callable[..., CallToolResult]:
    @functools.wraps(tool)
    def answering(*given: Any, **asked: Any) -> CallToolResult:
        try:
            data = tool(*given, **asked)
        except OnrecordError as error:
            raise ToolError(str(error)) from error
        return CallToolResult(content=[TextContent(type="text", text=text_of(data))], structured_content=data)

    return answering
