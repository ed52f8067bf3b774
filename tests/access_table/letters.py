"""A letter allows a role: A admin, S staf, E evaluator, M manajer, U auditor."""

LETTERS = {"A": "admin", "S": "staf", "E": "evaluator", "M": "manajer", "U": "auditor"}
EVERYONE = "ASEMU"
PUBLIC = "public"  # no account needed; the token is the right
