import flask
import vcr

app = flask.Flask(__name__)
recorder = vcr.VCR(record_mode="none")
