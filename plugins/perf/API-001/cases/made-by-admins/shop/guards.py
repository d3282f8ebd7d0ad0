import functools


def admins_only(handler):
    @functools.wraps(handler)
    def guarded(*given, **named):
        return handler(*given, **named)

    return guarded


def members_only(handler):
    @functools.wraps(handler)
    def guarded(*given, **named):
        return handler(*given, **named)

    return guarded
