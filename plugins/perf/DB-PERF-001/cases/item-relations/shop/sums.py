def shown(orders):
    all = []
    for order in orders:
        # finding: DB-PERF-001
        for line in order.line_set.open():
            all.append(line.code)
    return all


def plain(orders):
    for order in orders:
        # ok: may have been brought along; mutate: s/line_set.all()/line_set.all().order_by("code")/
        for line in order.line_set.all():
            print(line.code)


def handed_on(orders):
    # ok: the queries are only handed on; mutate: s/(open=False) for/(open=False).first() for/
    return [order.line_set.filter(open=False) for order in orders]


def written(orders):
    for order in orders:
        order.line_set.add(order.code)  # ok: writes; mutate: s/add(order.code)/open().exists()/


def others(versions):
    for version in versions:
        if version.revision.version_set.filter(kind="line").exists():  # finding: DB-PERF-001
            print(version)


class Report:
    def lines_of(self, order):
        lines = order.line_set.open()
        if lines:
            return [line.code for line in lines]
        return None

    def all(self, orders):
        return {order.code: self.lines_of(order) for order in orders}  # finding: DB-PERF-001

    def one(self, order):
        return self.lines_of(order)  # ok: one order; mutate: s/return self.lines_of(order)/return [self.lines_of(one) for one in order]/
