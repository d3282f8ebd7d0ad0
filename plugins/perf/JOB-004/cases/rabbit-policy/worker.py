import pika

channel = pika.BlockingConnection(pika.ConnectionParameters("rabbit")).channel()
channel.queue_declare(queue="mail")  # ok: the broker's policy names the exchange; mutate: definitions.json s/"dead-letter-exchange"/"max-length"/
channel.basic_consume(queue="mail", on_message_callback=print)
