from fastapi import FastAPI

app = FastAPI()

_accounts = {}


@app.get("/accounts/{account_id}")
def account(account_id: str):
    # perfctl: allow MEM-004 -- forty accounts, and the process restarts every night
    _accounts[account_id] = account_id
    return _accounts[account_id]
