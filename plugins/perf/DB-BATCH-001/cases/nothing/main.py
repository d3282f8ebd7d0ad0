import json

for line in ["{}"]:
    print(json.loads(line))
