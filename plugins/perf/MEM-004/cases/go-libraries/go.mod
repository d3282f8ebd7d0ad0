module shop

go 1.23

require (
	github.com/gin-gonic/gin v1.10.0
	github.com/labstack/echo/v4 v4.13.3
)
