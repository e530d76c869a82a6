"""Tables about actors, offices with dates, agencies and places: a source for every row."""
