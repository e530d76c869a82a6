"""onrecord reads news pages and builds a sourced record of a dispute between states and organisations."""

__version__ = "0.1.0"
