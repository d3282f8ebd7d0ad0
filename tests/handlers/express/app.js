const express = require("express");
const app = express();
const router = express.Router();
app.get("/a", (req, res) => { probe(); });
router.post("/b", auth, async function b(req, res) { probe(); });
function c(req, res) { probe(); }
router.route("/c").get(c).put(async (req, res) => probe());
app.use((req, res, next) => { probe(); next(); });
const wrap = (f) => (req, res, next) => Promise.resolve(f(req, res, next)).catch(next);
app.get("/d", wrap(async (req, res) => { probe(); }));
