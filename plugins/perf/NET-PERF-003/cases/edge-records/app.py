from fastapi import FastAPI

# ok: its name leads through a network that compresses; mutate: deploy/dns.tf s/proxied = true # api/proxied = false/; mutate: deploy/dns.tf s/api_address/pages_s3_address/
app = FastAPI()


@app.get("/orders")
def orders():
    return []
