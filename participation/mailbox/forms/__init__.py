"""The forms of the mailboxes."""
