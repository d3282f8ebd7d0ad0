from fastapi import FastAPI

app = FastAPI()


class Sessions:
    by_token = {}  # finding: MEM-004
    by_kind = {}  # ok: few kinds; mutate: s/self.by_kind[kind]/self.by_kind[token]/

    def open(self, token, kind):
        self.by_token[token] = object()
        self.by_kind[kind] = object()
        self.own = {}
        self.own[token] = 1


@app.post("/sessions")
def open_session(token: str, kind: str):
    Sessions().open(token, kind)
