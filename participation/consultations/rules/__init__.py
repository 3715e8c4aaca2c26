"""What a consultation, a comment and an outcome may be. Pure."""
