print("no service")
