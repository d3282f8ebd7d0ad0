package main

import (
	"github.com/disintegration/imaging"
	"github.com/gin-gonic/gin"
	"github.com/h2non/bimg"
	"github.com/nfnt/resize"
)

func shrink(path string) {
	photo, _ := imaging.Open(path)
	small := imaging.Fit(photo, 1024, 1024, imaging.Lanczos) // finding: MEDIA-001
	imaging.Save(small, path)
}

func upload(c *gin.Context) {
	shrink(c.PostForm("path"))
	c.Status(204)
}

func convert(c *gin.Context) {
	data, _ := c.GetRawData()
	bimg.NewImage(data).Resize(800, 600) // finding: MEDIA-001
	c.Status(204)
}

func old(c *gin.Context) {
	photo, _ := imaging.Open("photo.jpg")
	resize.Resize(800, 0, photo, resize.Lanczos3) // finding: MEDIA-001
	c.Status(204)
}

func behind(path string) {
	photo, _ := imaging.Open(path)
	imaging.Fit(photo, 64, 64, imaging.Lanczos) // ok: a goroutine that no answer waits for; mutate: s/go behind(/behind(/
}

func start(c *gin.Context) {
	go behind(c.PostForm("path"))
	c.Status(202)
}

func main() {
	router := gin.Default()
	router.POST("/photos", upload)
	router.POST("/convert", convert)
	router.POST("/old", old)
	router.POST("/start", start)
	router.Run()
}
