module.exports = { TABLES: { boats: "boats", berth_codes: "berth_codes", voucher_codes: "voucher_codes" } };
