module example.com/store

go 1.22

require (
	github.com/gin-gonic/gin v1.10.0
	github.com/xorm-io/xorm v1.1.6
)
