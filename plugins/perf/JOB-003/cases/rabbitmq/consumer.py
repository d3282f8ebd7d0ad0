import pika


def on_message(channel, method, properties, body):
    try:
        ship(body)
        channel.basic_ack(method.delivery_tag)
    except ConnectionError:
        channel.basic_nack(method.delivery_tag)  # finding: JOB-003 confidence: medium
    except TimeoutError:
        channel.basic_reject(method.delivery_tag, requeue=True)  # finding: JOB-003
    except ValueError:
        channel.basic_nack(method.delivery_tag, requeue=False)  # ok: goes to the dead letters; mutate: s/requeue=False/requeue=True/
    except KeyError:
        channel.basic_nack(method.delivery_tag, requeue=not method.redelivered)  # ok: once; mutate: s/not method.redelivered/True/


def stop(channel, method):
    channel.basic_nack(method.delivery_tag)  # ok: nothing failed, another consumer takes it
