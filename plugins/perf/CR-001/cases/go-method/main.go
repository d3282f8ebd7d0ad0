package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type Mails struct{}

func (m *Mails) Send(c *gin.Context) {
	go m.deliver(c.Query("to"))
	c.Status(http.StatusAccepted)
}

func (m *Mails) deliver(to string) {}

func main() {
	mails := &Mails{}
	router := gin.Default()
	router.POST("/mails", mails.Send)
	router.Run()
}
