"""What a depot's machine runs: nothing but the standard library, no network."""
