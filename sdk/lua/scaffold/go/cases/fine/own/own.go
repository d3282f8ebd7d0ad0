package own

type compiler struct{}

func (compiler) MustCompile(text string) string { return text }

func Run(rows []string) {
	regexp := compiler{}
	for range rows {
		regexp.MustCompile("a") // ok: another `regexp`
	}
}
