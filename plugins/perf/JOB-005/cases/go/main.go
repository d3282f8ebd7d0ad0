package main

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/gin-gonic/gin"
	"github.com/segmentio/kafka-go"
)

var client = sqs.NewFromConfig(aws.Config{})
var topics = sns.NewFromConfig(aws.Config{})
var writer = kafka.NewWriter(kafka.WriterConfig{Topic: "orders"})

func add(c *gin.Context) {
	orders := c.QueryArray("order")
	var messages []kafka.Message
	for _, order := range orders {
		client.SendMessage(c, &sqs.SendMessageInput{MessageBody: aws.String(order)}) // finding: JOB-005
	}
	for _, order := range orders {
		topics.Publish(c, &sns.PublishInput{Message: aws.String(order)}) // finding: JOB-005
	}
	for _, order := range orders {
		writer.WriteMessages(c, kafka.Message{Value: []byte(order)}) // finding: JOB-005
		messages = append(messages, kafka.Message{Value: []byte(order)})
	}
	writer.WriteMessages(c, messages...) // ok: all in one
	c.Status(202)
}

func main() {
	router := gin.Default()
	router.POST("/orders", add)
	router.Run()
}
