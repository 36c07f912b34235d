"""The encrypted database: vault, engine, tables, journal, search, migrations."""
