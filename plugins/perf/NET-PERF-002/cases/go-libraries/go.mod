module shop

go 1.23

require (
	github.com/gin-gonic/gin v1.10.0
	github.com/go-resty/resty/v2 v2.16.2
)
