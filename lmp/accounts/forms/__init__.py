"""The forms of accounts, one file a topic."""
