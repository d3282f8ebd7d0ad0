from fastapi import FastAPI

app = FastAPI()


class Sessions:
    by_token = {}
    by_kind = {}

    def open(self, token, kind):
        # finding: MEM-004
        self.by_token[token] = object()
        # ok: few kinds; mutate: s/self.by_kind[kind]/self.by_kind[token]/
        self.by_kind[kind] = object()
        self.own = {}
        self.own[token] = 1


@app.post("/sessions")
def open_session(token: str, kind: str):
    Sessions().open(token, kind)
