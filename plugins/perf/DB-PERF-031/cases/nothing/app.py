def keys(name):
    return {"KeySchema": [{"AttributeName": "status", "KeyType": "HASH"}]}
