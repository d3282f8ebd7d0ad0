package main

import (
	"log/slog"
	"os"
)

func handlers(level slog.Level, verbose bool) {
	slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelDebug})) // finding: LOG-PERF-001 confidence: high
	slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelInfo}))  // ok: INFO; mutate: s/LevelInfo/LevelDebug/
	slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))           // ok: somebody decides; mutate: s/Level: level/Level: slog.LevelDebug/
	slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{AddSource: true}))        // ok: INFO unless said
	options := &slog.HandlerOptions{AddSource: true, Level: slog.LevelDebug}               // ok: replaced below; mutate: s/options.Level = level/options.AddSource = verbose/
	options.Level = level
	slog.New(slog.NewJSONHandler(os.Stdout, options))
	if verbose {
		slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelDebug})) // ok: who asks for it gets it; mutate: s/if verbose/if os.Stdout != nil/
	}
	slog.SetLogLoggerLevel(slog.LevelDebug) // finding: LOG-PERF-001
}
