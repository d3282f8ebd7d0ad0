package main

import "time"


func (s *Store) over() ([]int64, error) {
	rows, err := s.db.Query("SELECT id FROM messages WHERE ends <= ? AND sent = 1", time.Now().Unix()) // finding: DB-PERF-011 confidence: low
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids, nil
}

func (s *Store) before(day string) ([]int64, error) {
	rows, err := s.db.Query("SELECT id FROM messages WHERE sent < ?", day) // finding: DB-PERF-011 confidence: medium
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids, nil
}

func (s *Store) overIn(roomID int64) ([]int64, error) {
	rows, err := s.db.Query("SELECT id FROM messages WHERE ends <= ? AND room_id = ?", time.Now().Unix(), roomID) // finding: DB-PERF-011 confidence: medium
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		rows.Scan(&id)
		ids = append(ids, id)
	}
	return ids, nil
}
