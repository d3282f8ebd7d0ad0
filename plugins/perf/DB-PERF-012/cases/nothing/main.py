print("no store here")
