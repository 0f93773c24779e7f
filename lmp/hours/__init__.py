"""The minute ledger: every minute of learning, once, with its source."""
