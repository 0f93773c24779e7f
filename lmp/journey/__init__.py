"""One person's way: what comes next, one run, all documents."""
