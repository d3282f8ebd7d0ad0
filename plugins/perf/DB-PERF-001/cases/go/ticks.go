package shop

import (
	"context"
	"database/sql"
	"time"
)

func closeBefore(ctx context.Context, db *sql.DB, at time.Time) error {
	_, err := db.ExecContext(ctx, "UPDATE orders SET closed = true WHERE due < $1", at)
	return err
}

func closing(ctx context.Context, db *sql.DB, times []time.Time) {
	for at := range time.Tick(time.Minute) {
		closeBefore(ctx, db, at) // ok: a clock; mutate: s/time.Tick(time.Minute)/times/
	}
}

func closingByTicker(ctx context.Context, db *sql.DB, times []time.Time) {
	ticks := time.NewTicker(time.Minute).C
	for at := range ticks {
		closeBefore(ctx, db, at) // ok: a clock; mutate: s/range ticks/range times/
	}
}

func closingOnDemand(ctx context.Context, db *sql.DB, wanted <-chan time.Time) {
	for at := range wanted {
		closeBefore(ctx, db, at) // ok: a channel; mutate: s/wanted <-chan time.Time/wanted []time.Time/
	}
}
