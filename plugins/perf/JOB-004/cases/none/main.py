print("no queue")
