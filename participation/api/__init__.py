"""Open data: the read-only interface for programs, its description, and the nightly files.

政府信息公开条例 art. 6 and 13: what is public is published in time and in full; 个人信息保护法 art. 25: nothing
personal is. Every resource asks the public queries of its feature; one table of fields a resource writes its
answers, its description, its data dictionary and its files.
"""
