module example.com/shop

go 1.22

require (
	github.com/beego/beego/v2 v2.1.0
	github.com/xorm-io/xorm v1.1.6
)
