puts "no code that is looked at"
