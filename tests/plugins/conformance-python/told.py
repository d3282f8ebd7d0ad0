"""What the API says, in words that are the same in every language."""


def listed(texts):
    """Several texts, in order."""
    return ", ".join(str(text) for text in texts)


def or_dash(text):
    """A text, or a dash for nothing."""
    return "-" if text is None else str(text)


def yes(is_so):
    """Whether something is so."""
    return "yes" if is_so else "no"


def pairs(texts):
    """Names with their values, in the order of the names: Lua's tables have no other."""
    return listed(f"{name}={value}" for name, value in sorted(texts.items()))


def literal(value, known):
    """A value of code or of a document."""
    if not known:
        return "unknown"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return yes(value)
    return f"'{value}'" if isinstance(value, str) else str(value)


def scalar(doc):
    """The value of an entry of a document."""
    return literal(doc.value, doc.value is not None or doc.kind == "null")
