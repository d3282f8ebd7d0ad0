def names(options):
    return options.keys("*")
