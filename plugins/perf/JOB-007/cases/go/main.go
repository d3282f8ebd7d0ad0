package main

import (
	"net/smtp"
	"os/exec"

	"github.com/chromedp/chromedp"
	"github.com/gin-gonic/gin"
	"gopkg.in/gomail.v2"
)

func deliver(to string) error {
	return smtp.SendMail("mail:25", nil, "shop@example.com", []string{to}, []byte("...")) // finding: JOB-007
}

func register(c *gin.Context) {
	deliver(c.PostForm("mail"))
	c.Status(201)
}

func remind(c *gin.Context) {
	dialer := gomail.NewDialer("mail", 25, "", "")
	dialer.DialAndSend(gomail.NewMessage()) // finding: JOB-007
	c.Status(204)
}

func print(c *gin.Context) {
	chromedp.Run(c) // finding: JOB-007
	c.Status(204)
}

func film(c *gin.Context) {
	exec.CommandContext(c, "ffmpeg", "-i", c.PostForm("path"), "film.mp4").Run() // finding: JOB-007
	c.Status(204)
}

func beside(c *gin.Context) {
	go smtp.SendMail("mail:25", nil, "shop@example.com", []string{"a"}, []byte("...")) // ok: a goroutine that nobody waits for; mutate: s/go smtp/smtp/
	c.Status(202)
}

func main() {
	router := gin.Default()
	router.POST("/users", register)
	router.POST("/remind", remind)
	router.POST("/print", print)
	router.POST("/film", film)
	router.POST("/beside", beside)
	router.Run()
}
