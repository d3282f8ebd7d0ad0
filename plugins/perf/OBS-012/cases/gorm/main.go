package main

import (
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

func config() *gorm.Config {
	return &gorm.Config{Logger: logger.New(nil, logger.Config{SlowThreshold: 500 * time.Millisecond})}
}
