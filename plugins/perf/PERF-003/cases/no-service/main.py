print("no deployment")
