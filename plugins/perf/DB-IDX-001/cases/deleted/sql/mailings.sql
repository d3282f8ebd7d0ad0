-- name: remove-draft
WITH gone AS (DELETE FROM drafts WHERE id = $1 RETURNING id) SELECT count(*) FROM gone;

-- name: close-office
UPDATE offices SET name = '' WHERE id = $1;

-- name: remove-region
DELETE FROM regions WHERE id = $1;

-- name: remove-mailing
DELETE FROM mailings WHERE id = $1;
