print("no image")
