package main

import (
	"github.com/beego/beego/v2/server/web"
	"github.com/xorm-io/xorm"
)

type Order struct {
	Id   int64
	Shop string
}

// The engine is a field of a struct of one's own, and the package has one of them.
type Store struct {
	Engine *xorm.Engine
	driver string
}

var store *Store

func Open(driver, source string) error {
	engine, err := xorm.NewEngine(driver, source)
	store = &Store{Engine: engine, driver: driver}
	return err
}

func session(shop string) *xorm.Session {
	prepared := store.Engine.Prepare()
	if shop != "" {
		prepared = prepared.And("shop = ?", shop)
	}
	return prepared
}

func orderOf(id int64) (*Order, error) {
	order := Order{Id: id}
	_, err := store.Engine.Get(&order)
	return &order, err
}

func ordersOf(shop string) ([]*Order, error) {
	orders := []*Order{}
	err := session(shop).Find(&orders)
	return orders, err
}

type OrderController struct {
	web.Controller
}

func (c *OrderController) Chosen() {
	chosen := []*Order{}
	for _, id := range c.ids() {
		// finding: DB-PERF-001
		order, err := orderOf(id)
		if err == nil {
			chosen = append(chosen, order)
		}
	}
	c.Data["json"] = chosen
	c.ServeJSON()
}

func (c *OrderController) Shops() {
	counts := map[string]int{}
	for _, shop := range c.GetStrings("shop") {
		// finding: DB-PERF-001
		orders, _ := ordersOf(shop)
		counts[shop] = len(orders)
	}
	c.Data["json"] = counts
	c.ServeJSON()
}

func (c *OrderController) Together() {
	orders := []*Order{}
	// ok: all of them in one statement
	if err := store.Engine.In("id", c.ids()).Find(&orders); err != nil {
		return
	}
	names := []string{}
	for _, order := range orders {
		names = append(names, order.Shop)
	}
	c.Data["json"] = names
	c.ServeJSON()
}

// The first number that is free.
func (c *OrderController) Free() {
	for number := int64(1); ; number++ {
		// ok: it tries until one is free; mutate: s/; ; number/; number < 99; number/
		taken, err := store.Engine.Exist(&Order{Id: number})
		if err != nil || !taken {
			c.Data["json"] = number
			break
		}
	}
	c.ServeJSON()
}

func (c *OrderController) ids() []int64 {
	ids := []int64{}
	c.Ctx.Input.Bind(&ids, "id")
	return ids
}

func main() {
	Open("mysql", "")
	web.Router("/chosen", &OrderController{}, "get:Chosen")
	web.Router("/shops", &OrderController{}, "get:Shops")
	web.Router("/together", &OrderController{}, "get:Together")
	web.Router("/free", &OrderController{}, "get:Free")
	web.Run()
}
