import faiss


def handle(event, context):
    return faiss.IndexFlatL2(event["size"]).ntotal
