file = File.open("orders.csv")
puts file.read
