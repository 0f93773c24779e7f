"""Runs, applications, the approval chain and the lists."""
