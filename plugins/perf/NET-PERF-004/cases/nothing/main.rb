print("no HTTP")
