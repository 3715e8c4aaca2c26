"""Backups: database and files of one installation as one encrypted file, checked before it counts, and the
way back. Read `keys`, `sealed`, `archive`, then `creating`, `verifying`, `restoring`. Why it is so:
docs/decisions/0011-backups.md.
"""
