package main

import (
	"os"

	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

func main() {
	logrus.SetLevel(logrus.DebugLevel) // finding: LOG-PERF-001
	audit := logrus.New()
	audit.SetLevel(logrus.InfoLevel) // ok: INFO; mutate: s/InfoLevel/DebugLevel/
	if os.Getenv("ENV") == "dev" {
		logrus.SetLevel(logrus.DebugLevel) // ok: in development only; mutate: s/"dev"/"prod"/
	}
	logger, _ := zap.NewDevelopment() // finding: LOG-PERF-001 confidence: medium
	quiet, _ := zap.NewProduction()   // ok: INFO; mutate: s/NewProduction/NewDevelopment/
	logger.Info("up")
	quiet.Info("up")
}
