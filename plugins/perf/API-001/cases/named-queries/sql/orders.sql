-- name: get-all-tags
SELECT tag
FROM tags;

-- name: get-tag^
SELECT tag FROM tags WHERE tag = :tag;

-- name: get-orders
SELECT id, total FROM orders ORDER BY id LIMIT :limit OFFSET :offset;

-- name: get-comments-for-order
SELECT c.id, c.body FROM comments c INNER JOIN orders o ON c.order_id = o.id AND o.number = :number;

-- name: get-lines-for-order
SELECT id, product FROM lines WHERE order_id = :order;

-- name: get-roles
SELECT name FROM roles;

-- name: count-orders$
SELECT count(*) FROM orders;
