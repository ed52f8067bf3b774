"""Instruments on paper."""
