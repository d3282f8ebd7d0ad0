package shop

import "regexp"

var broken = = 1

func Valid(rows []Row) {
	for _, row := range rows {
		regexp.MustCompile("a").MatchString(row.Code) // finding: NEW-RULE-1
	}
}
