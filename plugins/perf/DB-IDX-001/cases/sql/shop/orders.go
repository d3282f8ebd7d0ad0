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
	db.QueryContext(ctx, "SELECT u.name FROM orders AS o LEFT JOIN users u ON u.id = o.editor_id WHERE o.id = $1", id)
	db.QueryContext(ctx, "SELECT o.id FROM orders o WHERE o.state = $1 AND (o.carrier_id = $2 OR o.state = 'new')", id, id)
	db.QueryContext(ctx, "SELECT u.id, (SELECT count(*) FROM orders WHERE orders.payer_id = u.id) FROM users u WHERE u.name = $1", id)
}
