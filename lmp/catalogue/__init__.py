"""What everybody may read: home, courses, fields and centres."""
