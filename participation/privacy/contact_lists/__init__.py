"""Contacts of many people at once: asked for by one person, allowed by another, taken a few times (T29).

`rules` and `lifecycle` say what is allowed, `scope` whom it is about, `service` records each step.
"""
