"""The record for models that use tools: a read-only MCP server. The SDK is imported with `onrecord.views.mcp.server`."""
