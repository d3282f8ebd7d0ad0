-- name: get-feed
SELECT a.id, (SELECT name FROM users WHERE id = a.author_id) AS author
FROM articles a
         INNER JOIN follows f ON f.followed_id = a.author_id AND
                                 f.follower_id = (SELECT id FROM users WHERE name = :name)
ORDER BY a.id
LIMIT :limit;

-- name: get-edited
SELECT id FROM articles WHERE editor_id = :editor;

-- name: get-checked
SELECT id FROM articles WHERE checker_id = :checker;

-- name: get-favourites-count^
SELECT count(*) AS favourites
FROM favourites
WHERE article_id = (SELECT id FROM articles WHERE slug = :slug);

-- name: is-favourite^
SELECT 1 FROM favourites WHERE user_id = :user AND article_id = :article;

-- name: follows^
SELECT 1 FROM follows WHERE followed_id = :followed AND follower_id = :follower;

-- name: get-comments
SELECT c.id FROM comments c INNER JOIN articles a ON c.article_id = a.id AND (a.slug = :slug);

-- name: delete-comment!
DELETE FROM comments WHERE id = :id AND author_id = (SELECT id FROM users WHERE name = :name);

-- name: get-hidden
SELECT id FROM comments WHERE state_id = :state;
