"""The report on public participation (公众参与意见报告): one content, as page, Word, PDF and Excel file.

713号 art. 29: it is part of what the meeting is given; art. 18: what was adopted and why not.
"""
