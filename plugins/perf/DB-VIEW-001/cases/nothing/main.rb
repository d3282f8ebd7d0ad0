puts "no query"
