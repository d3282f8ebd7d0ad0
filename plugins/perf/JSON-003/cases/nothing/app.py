print("no schema")
