"""Fields, centres, schools, provinces, branches and the companies around them."""
