"""Figures across features: overviews of a run, a centre and the network, and the numbers that are public."""
