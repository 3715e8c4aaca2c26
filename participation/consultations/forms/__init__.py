"""What people fill in: citizens a comment, officers an announcement, answers and reasons."""
