package main

import (
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"
	"golang.org/x/sync/errgroup"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

var db, _ = gorm.Open(postgres.Open("host=db"), &gorm.Config{})

type Order struct {
	ID  uint
	URL string
}

func allOrders() []Order {
	var orders []Order
	db.Find(&orders)
	return orders
}

func ship(url string) {
	http.Get(url)
}

func shipAll(c *gin.Context) {
	orders := allOrders()
	var wait sync.WaitGroup
	for _, order := range orders {
		wait.Add(1)
		// finding: CONC-006
		go func() {
			defer wait.Done()
			http.Get(order.URL)
		}()
	}
	wait.Wait()
}

func shipByHelper(c *gin.Context) {
	for _, order := range allOrders() {
		go ship(order.URL) // finding: CONC-006
	}
}

func shipGroup(c *gin.Context) {
	var group errgroup.Group
	for _, order := range allOrders() {
		// finding: CONC-006
		group.Go(func() error {
			_, err := http.Get(order.URL)
			return err
		})
	}
	group.Wait()
}

func shipSome(c *gin.Context) {
	var group errgroup.Group
	group.SetLimit(10)
	for _, order := range allOrders() {
		// ok: ten at once; mutate: s/group.SetLimit(10)//
		group.Go(func() error {
			_, err := http.Get(order.URL)
			return err
		})
	}
	group.Wait()
}

func shipInTurns(c *gin.Context) {
	turns := make(chan struct{}, 10)
	for _, order := range allOrders() {
		turns <- struct{}{}
		// ok: ten at once; mutate: s/turns <- struct{}{}/turns = nil/
		go func() {
			http.Get(order.URL)
			release(turns)
		}()
	}
}

func release(turns chan struct{}) {
	<-turns
}

func main() {
	router := gin.Default()
	router.POST("/all", shipAll)
	router.POST("/helper", shipByHelper)
	router.POST("/group", shipGroup)
	router.POST("/some", shipSome)
	router.POST("/turns", shipInTurns)
	router.Run()
}
