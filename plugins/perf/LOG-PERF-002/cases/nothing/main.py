print("no logs here")
