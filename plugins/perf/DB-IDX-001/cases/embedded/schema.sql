CREATE TABLE `posts` (
  `id` char(16) NOT NULL,
  -- finding: DB-IDX-001 confidence: medium
  `owner_id` int NOT NULL,
  -- ok: a key of MySQL's begins with it; mutate: s/KEY `by_slug` (`slug`)/KEY `by_slug` (`id`, `slug`)/
  `slug` varchar(100) NOT NULL,
  -- ok: rows are found by the slug and this narrows them
  `title` varchar(100) NOT NULL,
  -- ok: one of a few values
  `status` varchar(8) NOT NULL,
  `body` text,
  PRIMARY KEY (`id`),
  KEY `by_slug` (`slug`)
) ENGINE=InnoDB;
