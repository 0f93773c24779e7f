"""Personal data: what is kept about a person, taking it away, having it corrected or erased, and letting it go in time."""
