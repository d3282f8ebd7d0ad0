package web

import (
	"log"
	"net/http"

	"github.com/gin-gonic/gin"
)

func Succeed(c *gin.Context, data interface{}) {
	c.JSON(http.StatusOK, gin.H{"code": 0, "data": data})
}

func Note(c *gin.Context, data interface{}) {
	log.Println(c.FullPath(), data)
}
