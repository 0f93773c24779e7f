"""The commands of `lmp`, one file a topic; `lmp.cli` puts them together."""
