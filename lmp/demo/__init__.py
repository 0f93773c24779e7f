"""The demo network and its people, made through the services."""
