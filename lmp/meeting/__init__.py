"""Meetings: the timetable of half days, the rosters, attendance; the face-to-face strand."""
