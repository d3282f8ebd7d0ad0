def find(users, name):
    return users.find_one({"name": name})
