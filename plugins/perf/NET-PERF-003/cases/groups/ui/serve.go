package ui

import (
	"github.com/gin-contrib/gzip"
	"github.com/gin-gonic/gin"
)

func Register(r *gin.Engine) {
	ui := r.Group("/", gzip.Gzip(gzip.DefaultCompression))
	ui.Static("/static", "dist")
}
