"""Reading mailboxes and letters. Every list of letters begins with `visible_to(actor)`."""
