const express = require("express");

module.exports = (router) => express().use(router);
