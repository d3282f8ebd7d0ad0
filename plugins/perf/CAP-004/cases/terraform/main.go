package main

import amqp "github.com/rabbitmq/amqp091-go"

func main() {
	connection, _ := amqp.Dial("amqp://rabbit")
	defer connection.Close()
}
