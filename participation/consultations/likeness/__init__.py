"""Comments that say nearly the same: copied, filled-in templates, or disguised. Suggested to the
staff as stacks, never dropped; every one of them is counted and answered. Pure."""
