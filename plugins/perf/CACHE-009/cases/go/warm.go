package main

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"time"

	"github.com/bradfitz/gomemcache/memcache"
	gocache "github.com/patrickmn/go-cache"
	"github.com/redis/go-redis/v9"
)

var client = redis.NewClient(&redis.Options{Addr: "cache:6379"})
var cache = gocache.New(5*time.Minute, 10*time.Minute)
var mc = memcache.New("cache:11211")

const day = 24 * time.Hour

func WarmRates(ctx context.Context, rates []Rate) {
	for _, rate := range rates {
		client.Set(ctx, "rate:"+rate.Code, rate.Value, time.Hour) // finding: CACHE-009 confidence: medium
	}
}

func warmProducts(products []Product) {
	for _, product := range products {
		cache.Set(product.ID, product, day) // finding: CACHE-009 confidence: medium
	}
}

func warmPages(ctx context.Context, rdb *redis.ClusterClient, pages []Page) {
	for _, page := range pages {
		data, _ := json.Marshal(page)
		rdb.Set(ctx, "page:"+page.Slug, data, 10*time.Minute) // finding: CACHE-009 confidence: medium
	}
}

func warmSpread(ctx context.Context, rates []Rate) {
	for _, rate := range rates {
		client.Set(ctx, "spread:"+rate.Code, rate.Value, time.Hour+rand.N(12*time.Minute)) // ok: spread; mutate: s/+rand.N(12*time.Minute)//
	}
}
