"""What no feature owns and what knows no feature, Flask least of all."""
