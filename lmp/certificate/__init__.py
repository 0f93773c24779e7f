"""Certificates: what was earned, frozen, numbered, printed, verified by strangers, replaced and revoked."""
