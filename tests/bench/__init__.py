"""`make bench`: what each main page costs beside a bare page of the same size, in the same run (python -m tests.bench)."""
