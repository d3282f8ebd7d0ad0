puts "no list"
