class Tagged:
    @property
    def tag(self):
        return self.name + self.notes
