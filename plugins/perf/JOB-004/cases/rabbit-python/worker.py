import pika

connection = pika.BlockingConnection(pika.ConnectionParameters("rabbit"))
channel = connection.channel()
channel.queue_declare(queue="mail", durable=True)  # finding: JOB-004 confidence: low
# ok: dead letters have an exchange; mutate: s/x-dead-letter-exchange/x-max-length/
channel.queue_declare(queue="orders", durable=True, arguments={"x-dead-letter-exchange": "dead"})
channel.queue_declare(queue="", exclusive=True)  # ok: for answers
channel.queue_declare(queue="mail.dlq")  # ok: a name for dead letters; mutate: s/mail.dlq/mail.other/
channel.basic_consume(queue="mail", on_message_callback=print)
