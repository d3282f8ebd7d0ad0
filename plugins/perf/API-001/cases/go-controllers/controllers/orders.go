package controllers

import (
	"strconv"

	"example.com/shop/shop"
)

// The endpoint is shown, not the query in another file.
// finding: API-001 confidence: medium
func (c *ApiController) GetParcels() {
	parcels, err := shop.AllParcels()
	if err != nil {
		return
	}
	c.Answer(parcels)
}

// Who offers a page says that there are many rows, also those of one owner.
// finding: API-001 confidence: medium
func (c *ApiController) GetOrders() {
	limit := c.Ctx.Input.Query("pageSize")
	page := c.Ctx.Input.Query("p")
	owner := c.Ctx.Input.Query("owner")
	if limit == "" || page == "" {
		orders, err := shop.OrdersOf(owner)
		if err != nil {
			return
		}
		c.Answer(orders)
	} else {
		size, _ := strconv.Atoi(limit)
		at, _ := strconv.Atoi(page)
		orders, err := shop.OrderPage(owner, at*size, size)
		if err != nil {
			return
		}
		c.Answer(orders)
	}
}

// ok: the query is begun with a limit; mutate: shop/orders.go s/begin(owner, offset, limit)/begin(owner, -1, -1)/
func (c *ApiController) GetLatest() {
	orders, err := shop.OrderPage("", 0, 50)
	if err != nil {
		return
	}
	c.Answer(orders)
}

// ok: the query is begun with a limit that is handed on; mutate: shop/orders.go s/limitOf(size)/-1/
func (c *ApiController) GetNewest() {
	size, _ := strconv.Atoi(c.Ctx.Input.Query("size"))
	orders, err := shop.Newest(size)
	if err != nil {
		return
	}
	c.Answer(orders)
}

// finding: API-001 confidence: medium
func (c *ApiController) GetOldest() {
	orders, err := shop.Oldest()
	if err != nil {
		return
	}
	c.Answer(orders)
}

// finding: API-001 confidence: medium
func (c *ApiController) GetAlike() {
	order := &shop.Order{}
	if err := c.ParseForm(order); err != nil {
		return
	}
	orders, err := shop.LikeOne(order)
	if err != nil {
		return
	}
	c.Answer(orders)
}

// finding: API-001 confidence: low -- those that are named
func (c *ApiController) GetNamed() {
	orders, err := shop.Named([]int64{1, 2, 3})
	if err != nil {
		return
	}
	c.Answer(orders)
}
