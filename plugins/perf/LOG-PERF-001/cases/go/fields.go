package main

import (
	"os"

	"github.com/apex/log"
	"github.com/hashicorp/go-hclog"
	"github.com/labstack/echo/v4"
	gommon "github.com/labstack/gommon/log"
	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
)

type settings struct {
	Level string `envconfig:"LOG_LEVEL" default:"debug"` // finding: LOG-PERF-001 confidence: high
	Other string `env:"LOG_LEVEL" envDefault:"info"`     // ok: INFO; mutate: s/envDefault:"info"/envDefault:"debug"/
	Mode  string `env:"GIN_MODE" envDefault:"debug"`     // ok: no level of a logger
}

var shared *logrus.Logger

func init() {
	shared = logrus.New()
	shared.Level = logrus.DebugLevel // finding: LOG-PERF-001 confidence: high
}

func loggers(level logrus.Level, verbose bool) {
	own := logrus.New()
	own.Level = logrus.InfoLevel // ok: INFO; mutate: s/logrus.InfoLevel/logrus.DebugLevel/
	asked := logrus.New()
	asked.Level = logrus.DebugLevel // ok: replaced below; mutate: s/asked.Level = level/asked.Out = os.Stdout/
	asked.Level = level
	if verbose {
		own.Level = logrus.DebugLevel // ok: who asks for it gets it
	}
	entry := logrus.NewEntry(own)
	entry.Level = logrus.DebugLevel // ok: the level of one record
	_ = &logrus.Logger{Out: os.Stdout, Level: logrus.DebugLevel} // finding: LOG-PERF-001
	_ = hclog.New(&hclog.LoggerOptions{Name: "orders", Level: hclog.Debug}) // finding: LOG-PERF-001
	_ = hclog.New(&hclog.LoggerOptions{Name: "orders", Level: hclog.Info}) // ok: INFO; mutate: s/Level: hclog.Info/Level: hclog.Debug/
	e := echo.New()
	e.Logger.SetLevel(gommon.DEBUG) // finding: LOG-PERF-001
	log.SetLevel(log.DebugLevel) // finding: LOG-PERF-001
	_ = zerolog.New(os.Stdout).Level(zerolog.DebugLevel) // finding: LOG-PERF-001
	zerolog.SetGlobalLevel(zerolog.InfoLevel) // ok: INFO
}
