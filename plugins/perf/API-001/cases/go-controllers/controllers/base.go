package controllers

import "github.com/beego/beego/v2/server/web"

type ApiController struct {
	web.Controller
}

func (c *ApiController) Answer(data interface{}) {
	c.Data["json"] = data
	c.ServeJSON()
}
