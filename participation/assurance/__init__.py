"""What makes the evidence believable outside this house: signed heads mailed to their holders each
evening, and the alarm when the clock that dates entries is in doubt."""
