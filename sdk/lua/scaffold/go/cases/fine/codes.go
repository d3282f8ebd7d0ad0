package shop

import "regexp"

var letters = regexp.MustCompile("^[a-z]+$") // ok: compiled once, when the program starts

func Valid(rows []Row) (kept []Row) {
	for _, row := range rows {
		// ok: uses what was compiled before; mutate: s/letters/regexp.MustCompile("x")/
		if letters.MatchString(row.Code) {
			kept = append(kept, row)
		}
	}
	return kept
}

func AnyOf(patterns []string, text string) bool {
	for _, pattern := range patterns {
		// ok: another pattern in every turn; mutate: s/MustCompile(pattern)/MustCompile("x")/
		if regexp.MustCompile(pattern).MatchString(text) {
			return true
		}
	}
	return false
}
