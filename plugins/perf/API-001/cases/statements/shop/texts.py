from sqlalchemy import text

PAGE = text("SELECT id FROM orders ORDER BY id LIMIT 60")
EVERY = text("SELECT id FROM orders")
