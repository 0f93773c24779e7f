"""Backups: one archive with every row, every file and the keys, which either database can be restored from."""

from lmp.backup.archive import BackupRefused, Manifest, verify
from lmp.backup.restoring import restore
from lmp.backup.taking import take

__all__ = ["BackupRefused", "Manifest", "restore", "take", "verify"]
