from openai import OpenAI

client = OpenAI()


def vectors(texts):
    return [client.embeddings.create(model="m", input=text) for text in texts]  # finding: LLM-001


def broken(:
    pass
