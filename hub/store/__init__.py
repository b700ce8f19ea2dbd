"""The engine, the unit of work, migrations and the outbox."""
