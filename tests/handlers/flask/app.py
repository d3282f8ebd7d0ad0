# Handlers, each of which calls `probe`.
from flask import Flask, Blueprint
from flask.views import MethodView, View
from flask_restful import Resource
app = Flask(__name__)
bp = Blueprint("x", __name__)
@app.route("/a")
def a(): probe()
@bp.get("/b")
def b(): probe()
class C(MethodView):
    def get(self): probe()
class D(Resource):
    def post(self): probe()
def e(): probe()
app.add_url_rule("/e", view_func=e)
@app.before_request
def f(): probe()
class G(View):
    def dispatch_request(self): probe()
def check(view):
    def inner(*args):
        probe()
        return view(*args)
    return inner
@app.route("/h")
@check
def h(): probe()
