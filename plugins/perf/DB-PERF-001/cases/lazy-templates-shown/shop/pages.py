from flask import g, render_template


def show(template, **values):
    return render_template(template, theme=g.theme, **values)
