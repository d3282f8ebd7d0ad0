import functools


# ok: there are so many languages; mutate: s/def texts(language_code/def texts(invite_code/
@functools.lru_cache(maxsize=None)
def texts(language_code: str):
    return {"hello": "there"}


@functools.lru_cache(maxsize=None)  # finding: MEM-004
def gift(gift_code: str):
    return {"gift": gift_code}
