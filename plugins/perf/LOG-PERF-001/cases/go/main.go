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
	orders := logrus.New()
	orders.Level = logrus.DebugLevel // finding: LOG-PERF-001
	stock := logrus.New()
	stock.Level = logrus.InfoLevel // ok: INFO; mutate: s/InfoLevel/DebugLevel/
	prices := logrus.New()
	// ok: decided by the environment further down; mutate: s/prices.SetLevel(asked())//
	prices.Level = logrus.DebugLevel
	prices.SetLevel(asked())
	carts := logrus.New()
	if len(os.Args) > 1 {
		carts.Level = logrus.DebugLevel // ok: somebody asked for it
	}
	mails := &logrus.Logger{Out: os.Stdout, Level: logrus.TraceLevel} // finding: LOG-PERF-001
	mails.Info("up")
	logger, _ := zap.NewDevelopment() // finding: LOG-PERF-001 confidence: medium
	quiet, _ := zap.NewProduction()   // ok: INFO; mutate: s/NewProduction/NewDevelopment/
	logger.Info("up")
	quiet.Info("up")
}

func asked() logrus.Level {
	level, err := logrus.ParseLevel(os.Getenv("LOG_LEVEL"))
	if err != nil {
		return logrus.InfoLevel
	}
	return level
}
