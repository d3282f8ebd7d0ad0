from context import current_tenant


def key_for(name):
    return f"{current_tenant()}:{name}"
