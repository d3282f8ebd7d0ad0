const { Message, Order } = require("./models");

const service = {
  begin: (roomId, params) => {
    const query = Message.query().where("roomId", roomId).modify("filterText", params.text);
    if (params.user) {
      query.where("userId", params.user);
    }
    return query;
  },
  // finding: API-001 confidence: medium
  messages: async (roomId, params) => {
    const query = service.begin(roomId, params); 
    query.select("id", "text");
    if (params.paging) {
      const result = await service.processPagination(query, parseInt(params.page), parseInt(params.size), params.search);
      return result;
    }
    return query;
  },
  async processPagination(query, page, size, search) {
    if (search) {
      const messages = await query; 
      return this.searchMessages(messages, search, page, size);
    }
    const result = await query.page(page, size);
    return result;
  },
  searchMessages(messages, search, page, size) {
    const found = messages.filter((message) => message.text.includes(search));
    return { results: found.slice(page * size, (page + 1) * size), total: found.length };
  },

  // finding: API-001 confidence: medium
  list: async (params) => {
    const query = Order.query().modify("filterState", params.state).modify("byDate");
    if (params.paging) {
      return await service.paginate(query, { page: parseInt(params.page), size: parseInt(params.size) });
    }
    return query;
  },
  paginate: async (query, { page, size }) => query.page(page, size),

  // finding: API-001 confidence: medium
  search: async (params = {}) => {
    return Order.query().modify("filterState", params.state).modify("filterShop", params.shopId);
  },

  // finding: API-001 confidence: low
  ofShop: async (shopId) => {
    return Order.query().modify("filterShop", shopId);
  },

  // finding: API-001 confidence: low
  ofAnyShop: async (params) => {
    return Order.query().modify("filterShop", params.shopId).modify("filterClosed", false);
  },

  // finding: API-001 confidence: medium
  closed: async () => {
    return Order.query().modify("filterClosed", true);
  },

  // ok: the modifier bounds it; mutate: s/.modify("newest")//
  newest: async (params) => {
    return Order.query().modify("filterState", params.state).modify("newest");
  },

  // ok: one row is changed; mutate: s/.patchAndFetchById(id, { closed: true })//
  close: async (id) => {
    return Order.query().patchAndFetchById(id, { closed: true });
  },
};

module.exports = service;
