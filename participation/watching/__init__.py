"""What an operator's tools ask: whether the site lives, whether it is ready, its figures, and its log.

Nothing here names a person or repeats what one wrote (网络安全法 art. 21 wants logs; 个人信息保护法 art. 6
wants no more in them than needed): ids, counts, kinds of errors, durations.
"""
