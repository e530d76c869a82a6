"""The store: schema, migrations, writer, query, corrections."""
