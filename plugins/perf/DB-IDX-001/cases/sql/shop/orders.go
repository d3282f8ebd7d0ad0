package shop

import (
	"context"
	"database/sql"
)

func Orders(ctx context.Context, db *sql.DB, id int) {
	db.QueryContext(ctx, "SELECT id, state FROM orders WHERE customer_id = $1 ORDER BY id", id)
	db.QueryContext(ctx, "SELECT id FROM orders WHERE shop_id = $1", id)
	db.QueryContext(ctx, "SELECT id FROM orders WHERE number = $1 AND seller_id = $2", id, id)
	db.QueryContext(ctx, "SELECT product_id FROM lines WHERE order_id = $1", id)
	db.ExecContext(ctx, "DELETE FROM lines WHERE product_id = $1", id)
	db.QueryContext(ctx, "SELECT o.id FROM orders o JOIN users u ON u.id = o.packer_id WHERE u.name = $1", id)
}
