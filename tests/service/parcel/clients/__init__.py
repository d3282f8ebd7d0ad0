"""One file per system that we call."""
