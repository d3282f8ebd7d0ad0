package main

import amqp "github.com/rabbitmq/amqp091-go"

func main() {
	connection, _ := amqp.Dial("amqp://rabbit")
	channel, _ := connection.Channel()
	channel.QueueDeclare("mail", true, false, false, false, nil)                                               // finding: JOB-004 confidence: low
	channel.QueueDeclare("orders", true, false, false, false, amqp.Table{"x-dead-letter-exchange": "dead"}) // ok: dead letters have an exchange; mutate: s/x-dead-letter-exchange/x-max-length/
	channel.Consume("mail", "", false, false, false, false, nil)
}
