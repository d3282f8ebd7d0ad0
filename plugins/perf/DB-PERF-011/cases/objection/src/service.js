const { Message, Order } = require("./models");

const service = {
  begin: (roomId, params) => {
    const query = Message.query().where("roomId", roomId).modify("filterText", params.text);
    if (params.user) {
      query.where("userId", params.user);
    }
    return query;
  },
  messages: async (roomId, params) => {
    const query = service.begin(roomId, params); // finding: DB-PERF-011 confidence: medium
    query.select("id", "text");
    if (params.paging) {
      const result = await service.processPagination(query, parseInt(params.page), parseInt(params.size), params.search);
      return result;
    }
    return query;
  },
  async processPagination(query, page, size, search) {
    if (search) {
      const messages = await query; // finding: DB-PERF-011 confidence: medium
      return this.searchMessages(messages, search, page, size);
    }
    const result = await query.page(page, size);
    return result;
  },
  searchMessages(messages, search, page, size) {
    const found = messages.filter((message) => message.text.includes(search));
    return { results: found.slice(page * size, (page + 1) * size), total: found.length };
  },

  list: async (params) => {
    const query = Order.query().modify("filterState", params.state).modify("byDate"); // finding: DB-PERF-011 confidence: medium
    if (params.paging) {
      return await service.paginate(query, { page: parseInt(params.page), size: parseInt(params.size) });
    }
    return query;
  },
  paginate: async (query, { page, size }) => query.page(page, size),

  search: async (params = {}) => {
    return Order.query().modify("filterState", params.state).modify("filterShop", params.shopId); // finding: DB-PERF-011 confidence: medium
  },

  ofShop: async (shopId) => {
    return Order.query().modify("filterShop", shopId); // ok: the shop is named each time; mutate: s/, shopId)/, null)/
  },

  ofAnyShop: async (params) => {
    return Order.query().modify("filterShop", params.shopId).modify("filterClosed", false); // finding: DB-PERF-011 confidence: low
  },

  closed: async () => {
    return Order.query().modify("filterClosed", true); // finding: DB-PERF-011 confidence: medium
  },

  newest: async (params) => {
    return Order.query().modify("filterState", params.state).modify("newest"); // ok: the modifier bounds it; mutate: s/.modify("newest")//
  },

  close: async (id, trx) => {
    await Order.query(trx).deleteById(id); // ok: one row is deleted; mutate: s/.deleteById(id)//
    return Order.query(trx).patchAndFetchById(id, { closed: true }); // ok: one row is changed; mutate: s/.patchAndFetchById(id, { closed: true })//
  },
};

module.exports = service;
