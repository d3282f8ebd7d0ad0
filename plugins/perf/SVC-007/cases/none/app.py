print("no load balancer")
