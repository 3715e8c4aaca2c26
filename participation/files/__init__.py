"""Attachments: recognised by what they are, kept by content hash, never run or shown inline.

Who may download a file is decided by the route of the feature that it is attached to.
"""
