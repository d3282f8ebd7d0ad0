package shop

import (
	"regexp"

	rx "regexp"
)

func Valid(rows []Row) (kept []Row) {
	for _, row := range rows {
		if regexp.MustCompile("^[a-z]+$").MatchString(row.Code) { // finding: NEW-RULE-1 confidence: medium
			kept = append(kept, row)
		}
	}
	return kept
}

func Words(pages []string, separator string) {
	for i := 0; i < len(pages); i++ {
		// finding: NEW-RULE-1
		r, _ := rx.Compile(separator)
		r.Split(pages[i], -1)
	}
}

func Allowed(rows []Row) {
	for _, row := range rows {
		// perfctl: allow NEW-RULE-1 -- runs once per start, over three rows
		regexp.MustCompile("x").MatchString(row.Code)
	}
}
