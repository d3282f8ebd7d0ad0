import { Order } from "./order.entity";

const SIZE = 500;

export async function pages(handle: (rows: Order[]) => void) {
  for (let page = 0; ; page++) {
    // ok: one query per page
    const rows = await Order.find({ skip: page * SIZE, take: SIZE, order: { id: "ASC" } });
    if (rows.length === 0) break;
    handle(rows);
  }
}

export async function each(ids: number[], handle: (row: Order | null) => void) {
  for (let at = 0; ; at++) {
    if (at === ids.length) break;
    handle(await Order.findOneBy({ id: ids[at] })); // finding: DB-PERF-001
  }
}

export async function wanted(lists: { id: string; name: string }[], name: string) {
  for (const list of lists) {
    if (name === list.name) {
      // ok: one list has that name; mutate: s/name === list.name/list.id !== name/
      await Order.find({ where: { list: list.id } });
    }
  }
}
