class Promise:
    def settle(self, error):
        try:
            return self.value
        except ValueError:
            self.reject(error)  # ok: no message of a broker
