package main

import (
	"net/http"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type Message struct {
	ID        uint
	ChannelID uint      `gorm:"index"`
	UserID    uint      `gorm:"index:by_user,priority:1"`
	CreatedAt time.Time `gorm:"index:by_user,priority:2"`
}

func main() {
	db, _ := gorm.Open(postgres.Open("host=db dbname=shop"), &gorm.Config{})
	http.HandleFunc("/messages", func(w http.ResponseWriter, r *http.Request) {
		var messages []Message
		// finding: DB-IDX-003 confidence: medium
		db.Where("channel_id = ?", r.FormValue("channel")).Order("created_at desc").Limit(20).Find(&messages)
		// ok: one index holds both; mutate: s/`gorm:"index:by_user,priority:2"`//
		db.Where("user_id = ?", r.FormValue("user")).Order("created_at desc").Limit(20).Find(&messages)
	})
	http.ListenAndServe(":8080", nil)
}
