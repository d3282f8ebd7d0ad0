from flask import Flask
from weasyprint import HTML

app = Flask(__name__)


@app.post("/invoice")
def invoice():
    # perfctl: allow JOB-007 -- one page, measured at 80 ms
    HTML(string="<p>").write_pdf("invoice.pdf")
    return ""
