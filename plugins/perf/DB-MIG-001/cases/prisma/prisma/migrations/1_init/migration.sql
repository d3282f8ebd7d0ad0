CREATE TABLE "Order" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "order_remark" TEXT NOT NULL
);
