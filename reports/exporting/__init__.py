"""Answers that leave as files: what may go is decided in ``contents`` and ``protection``, and nowhere else."""
