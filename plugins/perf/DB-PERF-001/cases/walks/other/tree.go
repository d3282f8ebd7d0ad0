package other

import (
	"context"
	"database/sql"
)

func pathOf(ctx context.Context, db *sql.DB, id int64) error {
	for id != 0 {
		if err := db.QueryRowContext(ctx, "SELECT parent_id FROM folders WHERE id = $1", id).Scan(&id); err != nil { // ok: each query needs the one before
			return err
		}
	}
	return nil
}

func treeOf(ctx context.Context, db *sql.DB, root int64) error {
	queue := []int64{root}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		var child int64
		if err := db.QueryRowContext(ctx, "SELECT id FROM folders WHERE parent_id = $1", id).Scan(&child); err != nil { // finding: DB-PERF-001 confidence: medium
			return err
		}
		queue = append(queue, child)
	}
	return nil
}
