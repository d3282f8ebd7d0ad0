package main

import (
	"time"

	"github.com/riverqueue/river"
)

type ShipWorker struct {
	river.WorkerDefaults[ShipArgs]
}

// finding: JOB-003 confidence: medium
func (w *ShipWorker) NextRetry(job *river.Job[ShipArgs]) time.Time { return time.Now() }
