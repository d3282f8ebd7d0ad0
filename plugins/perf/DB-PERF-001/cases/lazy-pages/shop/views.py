from fastapi import APIRouter, Depends, Request
from fastapi.templating import Jinja2Templates
from flask import Flask, render_template
from sqlalchemy.orm import Session, joinedload

from shop.models import Post

app = Flask(__name__)
router = APIRouter()
templates = Jinja2Templates(directory="templates")


@app.route("/")
def index():
    posts = Post.query.order_by(Post.id).paginate(page=1, per_page=20)
    return render_template("posts.html", posts=posts.items)  # finding: DB-PERF-001


@app.route("/pages")
def pages():
    # finding: DB-PERF-001
    return render_template("pages.html", page=Post.query.paginate(page=1, per_page=20))


@app.route("/eager")
def eager():
    # ok: the authors come along; mutate: s/Post.query.options(joinedload(Post.author))/Post.query/
    return render_template("posts.html", posts=Post.query.options(joinedload(Post.author)).paginate(page=1, per_page=20).items)


@app.route("/titles")
def titles():
    # ok: columns only; mutate: s/"titles.html"/"posts.html"/
    return render_template("titles.html", posts=Post.query.paginate(page=1, per_page=20).items)


def session() -> Session:
    return Session()


@router.get("/posts")
def posts(request: Request, db: Session = Depends(session)):
    # finding: DB-PERF-001
    return templates.TemplateResponse("posts.html", {"request": request, "posts": db.query(Post).limit(20).all()})


@router.get("/newer")
def newer(request: Request, db: Session = Depends(session)):
    # finding: DB-PERF-001
    return templates.TemplateResponse(request, "posts.html", {"posts": db.query(Post).limit(20).all()})
