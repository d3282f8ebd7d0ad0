from shop import levels

print(levels.PLAIN_LOG_LEVEL)
