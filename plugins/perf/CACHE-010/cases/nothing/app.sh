print("no cache")
