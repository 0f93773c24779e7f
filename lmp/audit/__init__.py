"""The append-only, sealed record of who did what."""
