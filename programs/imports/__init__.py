"""Files that come in: what each kind may hold, how it is read, compared and saved, and as what it leaves."""
