module shop

go 1.23

require (
	github.com/gin-contrib/gzip v1.0.1
	github.com/gin-gonic/gin v1.10.0
)
