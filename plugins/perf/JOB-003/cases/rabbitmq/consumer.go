package main

import amqp "github.com/rabbitmq/amqp091-go"

func consume(messages <-chan amqp.Delivery) {
	for message := range messages {
		if err := ship(message.Body); err != nil {
			message.Nack(false, true) // finding: JOB-003 confidence: medium
			continue
		}
		if err := mail(message.Body); err != nil {
			message.Reject(false) // ok: goes to the dead letters; mutate: s/message.Reject(false)/message.Reject(true)/
			continue
		}
		message.Ack(false)
	}
}
