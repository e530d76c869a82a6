"""How the module that loads the models is named and told what to load, without loading them."""

from __future__ import annotations

#: The module that a process is forked from.
LOADED = "onrecord.archive.loaded"
#: The variable with the file of the user's actors, empty for none.
ACTORS = "ONRECORD_ARCHIVE_ACTORS"
#: The variable that is set where the module is imported to be forked from.
PRELOAD = "ONRECORD_ARCHIVE_PRELOAD"
