import json

import redis

client = redis.Redis()


class TenantCache:
    def __init__(self, tenant):
        self.tenant = tenant

    def get(self, key):
        found = client.get(f"{self.tenant}:{key}")
        return json.loads(found) if found else None

    def set(self, key, value, ttl):
        client.set(f"{self.tenant}:{key}", json.dumps(value), ex=ttl)
