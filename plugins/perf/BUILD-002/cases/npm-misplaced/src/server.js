const express = require("express");
const { expect } = require("chai");

express().get("/", (req, res) => res.send(String(expect))).listen(80);
