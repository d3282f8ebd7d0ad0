class Search:
    def seen(self, text):
        self.stats.query_count += 1
        return text.strip()
