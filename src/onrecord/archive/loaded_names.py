"""How the module that loads the models is named and told what to load, without loading them."""

from __future__ import annotations

#: The module that a process is forked from.
LOADED = "onrecord.archive.loaded"
#: The variable with the file of the user's actors, empty for none.
ACTORS = "ONRECORD_ARCHIVE_ACTORS"
#: The variable that is set where the module is imported to be forked from.
PRELOAD = "ONRECORD_ARCHIVE_PRELOAD"

#: A page of nobody's that a process reads once before others are forked from it.
PAGE = """Upland asks Lowland to open the locks

The foreign minister of Upland asked Lowland on Tuesday to open the locks of their canal by 1 June. "We will keep our word," she said, adding
that both had promised it at the talks of last March.

A spokesman for Lowland denied that boats had been stopped. He accused Upland of firing at a customs post on Sunday, in which 3 people were hurt,
according to the police. The two governments will meet on Friday.
"""
