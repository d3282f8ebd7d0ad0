print("no secret here")
