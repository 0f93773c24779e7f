"""What every page shares: identity, permission on the route, headers, forms, filters and templates."""
