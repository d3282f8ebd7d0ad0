from flask import g
from pymongo import MongoClient


class Papers:
    def held(self):
        if "papers" not in g:
            g.papers = MongoClient(self.uri).get_database()
        return g.papers

    def titles(self, keys):
        found = []
        for key in keys:
            found.append(self.held().papers.find_one({"key": key})["title"])  # finding: DB-PERF-001 confidence: medium
        return found

    def lines(self, groups):
        found = []
        for group in groups:
            for line in self.held().lines.find({"group": group}):  # finding: DB-PERF-001
                found.append(line)
        return found

    def some(self, keys):
        return list(self.held().papers.find({"key": {"$in": keys}}))  # ok: asked once

    def words(self, texts):
        return [text.strip().find("a") for text in texts]  # ok: text
