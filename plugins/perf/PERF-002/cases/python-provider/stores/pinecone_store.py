import pinecone

pinecone.init(api_key="x", environment="y")  # finding: PERF-002


def search(text):
    return pinecone.Index("x").query(text, top_k=3)
