const router = require("express").Router();
const controller = require("./controller");

router.get("/", async (req, res, next) => {
  await controller.list(req, res, next);
});
router.get("/search", async (req, res, next) => {
  await controller.search(req, res, next);
});
router.get("/rooms/:roomId", async (req, res, next) => {
  await controller.messages(req, res, next);
});
router.get("/shops/:shopId", (req, res, next) => controller.ofShop(req, res, next));
router.get("/shops", (req, res, next) => controller.ofAnyShop(req, res, next));
router.get("/closed", (req, res, next) => controller.closed(req, res, next));
router.get("/newest", (req, res, next) => controller.newest(req, res, next));
router.get("/:id/close", (req, res, next) => controller.close(req, res, next));

module.exports = router;
