const held = new Map();
exports.Basket = { findOne: (wanted) => held.get(wanted.name) };
