"""Tests of half days, rosters and attendance."""
