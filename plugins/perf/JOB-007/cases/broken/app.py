from flask import Flask
from weasyprint import HTML

app = Flask(__name__)


@app.post("/invoice")
def invoice():
    HTML(string="<p>").write_pdf("invoice.pdf")  # finding: JOB-007
    return ""


def broken(:
    pass
