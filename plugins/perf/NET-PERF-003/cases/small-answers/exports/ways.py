WAYS = ["GET", "HEAD"]
