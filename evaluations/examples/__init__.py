"""Five made-up evaluations as data files, and the code that turns each into records.

``chance``, ``people`` and ``answers`` are pure and repeat themselves exactly for the same seed;
``accounts``, ``programs`` and ``records`` write to the database.
"""
