from google.cloud import firestore

db = firestore.AsyncClient()


async def orders(customer, shop):
    await db.collection("orders").where("customer", "==", customer).order_by("created_at").get()  # finding: DB-PERF-002
    # ok: declared in Terraform; mutate: infra/main.tf s/"shop"/"shops"/
    return await db.collection("orders").where("shop", "==", shop).order_by("created_at", direction="DESCENDING").get()
