"""The large job: archives of pages to versioned Parquet folders, and from these into a record.

`onrecord.archive.unit` is the work on one batch and knows no engine; `onrecord.archive.guard` runs it in a process of its own, so
that a page that ends the process costs that page alone; `onrecord.archive.engine` spreads batches over one machine or a
cluster; `onrecord.archive.job` puts the steps in order and can be killed and started again at any moment;
`onrecord.archive.load` fills a record from the folders.
"""
