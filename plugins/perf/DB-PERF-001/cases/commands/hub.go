package cmd

import "gorm.io/gorm"

type Hub struct{ Receiver chan File }

func (h *Hub) listen(db *gorm.DB) {
	for file := range h.Receiver {
		db.Create(&file) // ok: events, one by one; mutate: s/h.Receiver/h.files()/
	}
}

func (h *Hub) files() []File { return nil }

func close(db *gorm.DB, files []File) {
	for _, file := range files {
		db.Model(&File{}).Where("id = ?", file.ID).Update("open", false) // finding: DB-PERF-001
	}
}
