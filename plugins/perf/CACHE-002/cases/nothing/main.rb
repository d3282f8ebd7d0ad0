puts "no code of these languages"
