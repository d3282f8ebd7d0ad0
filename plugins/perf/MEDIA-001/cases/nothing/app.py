print("no model")
