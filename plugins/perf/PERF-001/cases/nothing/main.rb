print("no code here")
