from shop.sessions import by_session


def close(session_id):
    by_session.pop(session_id, None)
