package main

import (
	"database/sql"
	"fmt"
)

type Store struct {
	db *sql.DB
}

type Message struct {
	ID   int64
	Text string
}

func (s *Store) messagesOf(roomID int64) ([]Message, error) {
	rows, err := s.db.Query("SELECT id, text FROM messages WHERE room_id = ? ORDER BY id", roomID) // finding: DB-PERF-011 confidence: medium
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var messages []Message
	for rows.Next() {
		var m Message
		if err := rows.Scan(&m.ID, &m.Text); err != nil {
			return nil, err
		}
		messages = append(messages, m)
	}
	return messages, nil
}

func (s *Store) page(roomID int64, page int) ([]Message, error) {
	limit := ""
	if page > 0 {
		limit = fmt.Sprintf(" LIMIT %d, 20", page*20)
	}
	rows, err := s.db.Query("SELECT id, text FROM messages WHERE room_id = ?"+limit, roomID) // finding: DB-PERF-011 confidence: medium
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var messages []Message
	for rows.Next() {
		var m Message
		rows.Scan(&m.ID, &m.Text)
		messages = append(messages, m)
	}
	return messages, nil
}

func (s *Store) pageByUser(userID int64, page int) ([]Message, error) {
	limit := ""
	if page > 0 {
		limit = fmt.Sprintf(" LIMIT %d, 20", page*20)
	}
	rows, err := s.db.Query("SELECT id, text FROM messages WHERE user_id = ?"+limit, userID) // ok: every caller asks for a page; mutate: main.go s/pageByUser(7, 1)/pageByUser(7, 0)/
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var messages []Message
	for rows.Next() {
		var m Message
		rows.Scan(&m.ID, &m.Text)
		messages = append(messages, m)
	}
	return messages, nil
}

func (s *Store) since(roomID int64, day string) ([]Message, error) {
	rows, err := s.db.Query("SELECT id, text FROM messages WHERE room_id = ? AND sent > ?", roomID, day) // ok: a part of the time; mutate: s/ AND sent > ?", roomID, day/", roomID/
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var messages []Message
	for rows.Next() {
		var m Message
		rows.Scan(&m.ID, &m.Text)
		messages = append(messages, m)
	}
	return messages, nil
}

func (s *Store) longest(roomID int64) (Message, error) {
	var longest Message
	rows, err := s.db.Query("SELECT id, text FROM messages WHERE room_id = ?", roomID) // ok: one after the other; mutate: s/longest = m/all := []Message{}; all = append(all, m)/
	if err != nil {
		return longest, err
	}
	defer rows.Close()
	for rows.Next() {
		var m Message
		rows.Scan(&m.ID, &m.Text)
		if len(m.Text) > len(longest.Text) {
			longest = m
		}
	}
	return longest, nil
}

func (s *Store) listed() ([]string, error) {
	rows, err := s.db.Query("SELECT name FROM currencies") // ok: there are few; mutate: s/FROM currencies/FROM users/; mutate: s/SELECT name FROM currencies/SELECT name FROM notes WHERE user_id <> 0/
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var codes []string
	for rows.Next() {
		var code string
		rows.Scan(&code)
		codes = append(codes, code)
	}
	return codes, nil
}
