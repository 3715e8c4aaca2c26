"""Verified contacts of people who write without an account (and of citizens with one)."""
