"""Messages to people: who is told of what, the outbox in the same transaction, and delivery.

713号 art. 18 and the city's procedure of 2022: whoever commented is told what became of it.
"""
