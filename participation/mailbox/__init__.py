"""Mailboxes and letters: written by citizens, dispatched within one workday, answered within five.

Every opinion, suggestion or criticism gets a real answer within 5 workdays (domain rules R21-R24).
What a letter is about decides who may not see it (信访工作条例 art. 30).
"""
