import connexion


def create():
    app = connexion.App(__name__)  # finding: NET-PERF-003 confidence: medium
    app.add_api("openapi.yml")
    return app
