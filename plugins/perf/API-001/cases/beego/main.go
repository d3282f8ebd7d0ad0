package main

import (
	"github.com/beego/beego/v2/server/web"
	"github.com/xorm-io/xorm"
)

type Order struct {
	Id   int64
	Shop string
}

type Answer struct {
	Status string
	Data   interface{}
}

type Store struct {
	Engine *xorm.Engine
}

var store *Store

type Base struct {
	web.Controller
}

// What is packed into an answer before it is sent.
func (c *Base) send(answer *Answer, data ...interface{}) {
	answer.Data = data[0]
	c.Data["json"] = answer
	c.ServeJSON()
}

func (c *Base) ResponseOk(data ...interface{}) {
	c.send(&Answer{Status: "ok"}, data...)
}

type OrderController struct {
	Base
}

// finding: API-001 confidence: medium
func (c *OrderController) Plain() {
	orders := []*Order{}
	if err := store.Engine.Desc("id").Find(&orders); err != nil {
		return
	}
	c.Data["json"] = orders
	c.ServeJSON()
}

// finding: API-001 confidence: medium
func (c *OrderController) Asked() {
	orders := []*Order{}
	if c.Ctx.Input.Query("size") == "" {
		store.Engine.Desc("id").Find(&orders)
		c.ResponseOk(orders)
		return
	}
	store.Engine.Desc("id").Limit(50).Find(&orders)
	c.ResponseOk(orders)
}

// ok: twenty of them; mutate: s/.Limit(20)//
func (c *OrderController) Page() {
	orders := []*Order{}
	store.Engine.Limit(20).Desc("id").Find(&orders)
	c.Data["json"] = orders
	c.ServeJSON()
}

// ok: only their number is sent; mutate: s/len(orders)/orders/
func (c *OrderController) Amount() {
	orders := []*Order{}
	store.Engine.Desc("id").Find(&orders)
	c.Data["json"] = len(orders)
	c.ServeJSON()
}

// ok: what a template shows beside it is not what is sent; mutate: s/"title"/"json"/
func (c *OrderController) Beside() {
	orders := []*Order{}
	store.Engine.Desc("id").Find(&orders)
	c.Data["title"] = orders
	c.ServeJSON()
}

func main() {
	engine, _ := xorm.NewEngine("mysql", "")
	store = &Store{Engine: engine}
	web.Router("/plain", &OrderController{}, "get:Plain")
	web.Router("/asked", &OrderController{}, "get:Asked")
	web.Router("/page", &OrderController{}, "get:Page")
	web.Router("/amount", &OrderController{}, "get:Amount")
	web.Router("/beside", &OrderController{}, "get:Beside")
	web.Run()
}
