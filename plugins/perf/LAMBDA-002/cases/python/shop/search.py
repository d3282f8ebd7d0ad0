from opensearchpy import OpenSearch

HOST = "search.example.org"


def client():
    return OpenSearch(hosts=[HOST])  # finding: LAMBDA-002 confidence: high


def find(number):
    return client().search(index="orders", body={"query": {"term": {"number": number}}})
