from openai import OpenAI

client = OpenAI()


def vectors(texts):
    # perfctl: allow LLM-001 -- one text fills a request
    return [client.embeddings.create(model="m", input=text) for text in texts]
