"""What is due, what is late and whose: the ledger for auditors, the board for everybody
(the district's plan 2021, part four; 政府信息公开条例 art. 46-47 on supervision)."""
