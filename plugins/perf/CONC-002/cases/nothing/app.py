print("nothing is deployed")
