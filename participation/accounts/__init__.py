"""Departments, people, the posts they hold, signing in and verified contacts.

Rights follow from posts held today, delegated ones included (AB角), and are read anew in each
request. 个人信息保护法 art. 6 and 51: no more personal data than the matter needs; secrets and
addresses that only have to be recognised again are kept as digests.
"""
