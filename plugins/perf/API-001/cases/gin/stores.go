package main

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/labstack/echo/v4"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

type Stores struct {
	db     *sql.DB
	orders *mongo.Collection
}

func (s *Stores) users(c echo.Context) error { // finding: API-001
	rows, err := s.db.Query("SELECT id, name FROM users ORDER BY name")
	if err != nil {
		return err
	}
	defer rows.Close()
	var users []Order
	for rows.Next() {
		var user Order
		if err := rows.Scan(&user.ID); err != nil {
			return err
		}
		users = append(users, user)
	}
	return c.JSON(http.StatusOK, users)
}

func (s *Stores) firstUsers(c echo.Context) error { // ok: LIMIT; mutate: s/ LIMIT 20//
	rows, err := s.db.Query("SELECT id, name FROM users ORDER BY name LIMIT 20")
	if err != nil {
		return err
	}
	defer rows.Close()
	var users []Order
	for rows.Next() {
		var user Order
		if err := rows.Scan(&user.ID); err != nil {
			return err
		}
		users = append(users, user)
	}
	return c.JSON(http.StatusOK, users)
}

// finding: API-001
func (s *Stores) all(c echo.Context) error {
	ctx := context.Background()
	cursor, err := s.orders.Find(ctx, bson.M{})
	if err != nil {
		return err
	}
	var found []Order
	if err := cursor.All(ctx, &found); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, found)
}

func routes(e *echo.Echo, s *Stores) {
	e.GET("/users", s.users)
	e.GET("/first", s.firstUsers)
	e.GET("/all", s.all)
}
