"""The append-only evidence log: every business write and its entry are one transaction.

Entries become leaves of one RFC 9162 Merkle tree whose heads are signed, so that a citizen can
prove that a letter was received and an auditor that nothing was edited, removed or reordered
(713号 art. 38, life-long liability; 信访工作条例 art. 30 decides what an entry may not say).
"""
