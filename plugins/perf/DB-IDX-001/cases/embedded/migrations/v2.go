package migrations

import "database/sql"

func varChar(size int) string { return "varchar" }

func Second(db *sql.DB) error {
	_, err := db.Exec(`CREATE TABLE subscribers (
    id    ` + varChar(16) + ` not null,
    post  ` + varChar(16) + ` not null,
    email ` + varChar(255) + ` not null,
    unique (post, email),
    PRIMARY KEY (id)
)`)
	if err != nil {
		return err
	}
	_, err = db.Exec(`ALTER TABLE posts ADD COLUMN handle ` + varChar(255) + ` NULL`) // finding: DB-IDX-001
	if err != nil {
		return err
	}
	_, err = db.Exec(`ALTER TABLE posts ADD COLUMN token ` + varChar(255) + ` NULL UNIQUE`)
	return err
}
