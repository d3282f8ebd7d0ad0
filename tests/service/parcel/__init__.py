"""Tracking and delivery of parcels."""

__version__ = "4.12.0"
