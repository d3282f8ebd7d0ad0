print("no store")
