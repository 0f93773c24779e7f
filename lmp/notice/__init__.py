"""What people are told: in the app, by mail at once, or once a day; and how they say what they want to hear."""
