from fastapi import FastAPI

app = FastAPI()

by_session = {}
by_user = {}
known_tokens = {}


@app.post("/open/{session_id}")
def open_session(session_id: str, user_id: str):
    # ok: another file takes entries out; mutate: s/    by_session[session_id] = user_id/    by_token[session_id] = user_id/
    by_session[session_id] = user_id
    # finding: MEM-004
    by_user[user_id] = session_id
    return by_session[session_id]


def load_tokens(lines):
    for token in lines:
        # ok: filled once, when the process starts; mutate: s/def load_tokens/def note_tokens/
        known_tokens[token] = True


by_token = {}
