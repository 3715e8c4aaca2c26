"""Statutory dates as data: every date a rule sets is one row, counted with the workday calendar
(民法典 art. 201-203; 713号 art. 15; the district's plan 2021, part four)."""
