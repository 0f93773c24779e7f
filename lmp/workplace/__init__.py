"""The on-the-job strand: placements, day entries and the mentor's confirmation."""
