from google.cloud import firestore

client = firestore.Client()


def listed(kind):
    found = []
    for snapshot in client.collection("shop-" + kind).stream():  # finding: MEM-001
        found.append(snapshot.to_dict())
    return found


def total():
    amount = 0
    for snapshot in client.collection("donations").stream():  # ok: one after the other; mutate: s/amount += snapshot.get("amount")/seen.append(snapshot)/
        amount += snapshot.get("amount")
    return amount
