class Batch:
    def __init__(self, sku):
        self.sku = sku


class Line:
    def __init__(self, batch_id, order_id):
        self.batch_id = batch_id
        self.order_id = order_id
