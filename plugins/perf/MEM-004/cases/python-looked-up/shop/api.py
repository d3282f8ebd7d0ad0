from fastapi import FastAPI

from shop import config, store

app = FastAPI()

LAYOUTS = {"wide": 3, "narrow": 1}
_builders = {}
_pages = {}
_guessed = {}
_tried = {}
_rows = {}


@app.get("/builders/{index_id}")
def builder(index_id: str):
    if index_id not in _builders:
        settings = config.get_config().indices[index_id]  # looked up
        # ok: only what is configured gets this far; mutate: s/indices[index_id]  # looked up/indices.get(index_id)/
        _builders[index_id] = store.builder(settings)
    return _builders[index_id]


@app.get("/pages/{layout_id}")
def page(layout_id: str):
    # ok: looked up in a table that is written out; mutate: s/store.page(LAYOUTS[layout_id])/store.page(LAYOUTS.get(layout_id))/
    _pages[layout_id] = store.page(LAYOUTS[layout_id])
    return _pages[layout_id]


@app.get("/guessed/{layout_id}")
def guessed(layout_id: str, known: bool):
    width = 1
    if known:
        width = LAYOUTS[layout_id]
    # finding: MEM-004
    _guessed[layout_id] = store.page(width)
    return _guessed[layout_id]


@app.get("/tried/{layout_id}")
def tried(layout_id: str):
    try:
        width = LAYOUTS[layout_id]
    except KeyError:
        width = 1
    # finding: MEM-004
    _tried[layout_id] = store.page(width)
    return _tried[layout_id]


@app.post("/rows/{user_id}")
def rows(user_id: str, sent: dict):
    # finding: MEM-004
    _rows[user_id] = store.page(sent[user_id])
    return _rows[user_id]
