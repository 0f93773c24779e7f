"""The practical test by observation checklist."""
