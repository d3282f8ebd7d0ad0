module example.com/shop

require example.com/lib v1.0.0
