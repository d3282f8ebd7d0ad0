const service = require("./service");

const controller = {
  list: async (req, res, next) => {
    try {
      res.json(await service.list(req.query));
    } catch (error) {
      next(error);
    }
  },
  search: async (req, res) => {
    const found = await service.search(req.query);
    res.json(found);
  },
  messages: async (req, res) => {
    const response = await service.messages(req.params.roomId, req.query);
    res.json(response);
  },
  ofShop: async (req, res) => res.json(await service.ofShop(req.params.shopId)),
  ofAnyShop: async (req, res) => res.json(await service.ofAnyShop(req.query)),
  closed: async (req, res) => res.json(await service.closed()),
  newest: async (req, res) => res.json(await service.newest(req.query)),
  close: async (req, res) => res.json(await service.close(req.params.id, req.query)),
};

module.exports = controller;
