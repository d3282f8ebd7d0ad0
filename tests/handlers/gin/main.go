package main
import "github.com/gin-gonic/gin"
func a(c *gin.Context) { probe() }
func b() gin.HandlerFunc { return func(c *gin.Context) { probe() } }
func main() { r := gin.Default(); r.GET("/a", a); g := r.Group("/v1"); g.POST("/b", b()); g.Use(func(c *gin.Context) { probe() }); r.Run() }
func probe() {}
