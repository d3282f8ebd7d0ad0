db = db.getSiblingDB("catalogue");
db.products.createIndex({ sku: 1 }, { unique: true });
