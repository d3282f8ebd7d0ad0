from flask import jsonify


def listed(name, query, options=None):
    return jsonify(**{name: [row.serialize(**(options or {})) for row in query]})


def paged(query, page):
    found = query.paginate(page=page, per_page=50)
    rows = []
    for row in found.items:
        rows.append(row.to_dict())
    return jsonify(rows)


def shown(rows):
    return jsonify([row.to_json() for row in rows])


def one(row):
    return jsonify(row.serialize(with_lines=True))
