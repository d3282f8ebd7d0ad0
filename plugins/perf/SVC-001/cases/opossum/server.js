const express = require("express");
const CircuitBreaker = require("opossum");
const axios = require("axios");

const stock = new CircuitBreaker((number) => axios.get(`https://stock/${number}`));
express().get("/", async (request, response) => response.json(await stock.fire(1)));
