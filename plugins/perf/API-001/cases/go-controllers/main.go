package main

import (
	"example.com/shop/controllers"
	"github.com/beego/beego/v2/server/web"
)

func main() {
	web.Router("/parcels", &controllers.ApiController{}, "get:GetParcels")
	web.Router("/orders", &controllers.ApiController{}, "get:GetOrders")
	web.Router("/latest", &controllers.ApiController{}, "get:GetLatest")
	web.Router("/newest", &controllers.ApiController{}, "get:GetNewest")
	web.Router("/oldest", &controllers.ApiController{}, "get:GetOldest")
	web.Router("/alike", &controllers.ApiController{}, "get:GetAlike")
	web.Router("/named", &controllers.ApiController{}, "get:GetNamed")
	web.Run()
}
