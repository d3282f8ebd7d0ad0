"""What the routes and the worker share."""
