"""Duties as they stood at any past moment, rebuilt from the sealed evidence log.

A duty's entries carry its full content, so every version it ever had can be told from the log alone. They are
laid down here as rows that an index serves; whoever doubts the rows builds them again from the log.
"""
