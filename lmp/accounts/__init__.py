"""People, sign-in, sessions, role grants and one-time links."""
