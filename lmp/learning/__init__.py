"""The online strand: units, checks and quizzes."""
