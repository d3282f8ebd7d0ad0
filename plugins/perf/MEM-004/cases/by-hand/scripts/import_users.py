_users = {}  # ok: a script, whose memory goes when it ends


def remember(user_id):
    _users[user_id] = user_id


remember("a")
