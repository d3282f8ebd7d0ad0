from flask import Flask

app = Flask(__name__)
# perfctl: allow JSON-001 -- read by people in the browser
app.json.compact = False
