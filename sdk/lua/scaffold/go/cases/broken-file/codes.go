package shop

import "regexp"

func Broken( {

func Valid(rows []Row) {
	for _, row := range rows {
		regexp.MustCompile("a").MatchString(row.Code) // finding: NEW-RULE-1
	}
}
