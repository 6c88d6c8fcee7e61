"""People's own words inside a sentence of ours."""


def quote(words: str) -> str:
    """ "…" with exactly one full stop: the person's own, or ours behind the quotation mark."""
    words = words.strip()
    return f"“{words}”" if words.endswith((".", "!", "?")) else f"“{words}”."
