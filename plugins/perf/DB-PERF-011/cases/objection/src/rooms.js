const router = require("express").Router();
const Message = require("./models/message");

router.get("/rooms/:roomId/messages", async (req, res) => {
  const messages = await Message.query().where("roomId", req.params.roomId).orderBy("createdAt"); // finding: DB-PERF-011 confidence: medium
  res.json(messages);
});

router.get("/rooms/:roomId/page", async (req, res) => {
  // ok: a page of them; mutate: s/.page(0, 50)//
  const messages = await Message.query().where("roomId", req.params.roomId).orderBy("createdAt").page(0, 50);
  res.json(messages);
});

router.get("/messages", async (req, res) => {
  res.json(await Message.query().whereIn("id", req.query.ids)); // ok: as many as are asked for by id; mutate: s/whereIn("id", req.query.ids)/where("roomId", req.query.room)/
});

router.get("/rooms/:roomId/first", async (req, res) => {
  const [message] = await Message.query().where("roomId", req.params.roomId); // ok: one is taken; mutate: s/[message]/message/
  res.json(message);
});

module.exports = router;
