"""The forms of those who write, review and publish courses; one file a topic."""
