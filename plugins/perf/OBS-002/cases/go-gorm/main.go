package main

import (
	"gorm.io/gorm"
	"gorm.io/plugin/prometheus"
)

func watch(db *gorm.DB) { db.Use(prometheus.New(prometheus.Config{DBName: "shop"})) }
