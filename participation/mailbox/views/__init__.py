"""The pages of the mailboxes."""

blueprints = ()
