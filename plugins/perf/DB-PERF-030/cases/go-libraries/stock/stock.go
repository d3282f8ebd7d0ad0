package stock

import (
	"context"

	"github.com/guregu/dynamo/v2"
)

func all(ctx context.Context, table dynamo.Table, into *[]Item) error {
	return table.Scan().Filter("'Count' > ?", 0).All(ctx, into) // finding: DB-PERF-030
}

func of(ctx context.Context, table dynamo.Table, id string, into *Item) error {
	return table.Get("ID", id).One(ctx, into) // ok: by its key; mutate: s/table.Get("ID", id).One/table.Scan().One/
}

type Item struct{ ID string }
