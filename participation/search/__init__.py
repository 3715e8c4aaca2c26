"""One search across what is public: decisions, consultations, answered letters. What is not public is
not looked at (政府信息公开条例 art. 14-16; PIPL art. 25)."""
