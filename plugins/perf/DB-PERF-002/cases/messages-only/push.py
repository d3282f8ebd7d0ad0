import firebase_admin
from firebase_admin import messaging

firebase_admin.initialize_app()


def push(token, rows):
    chosen = rows.where("state", "==", "new").order_by("sent")
    return messaging.send(messaging.Message(token=token, data={"rows": str(len(chosen))}))
