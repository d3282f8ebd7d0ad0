const knex = require("./connection");
const { TABLES } = require("./tables");

// Callers say which boats, and how many.
function boatsWithOwners() {
  return knex("boats as b").join("owners", "owners.id", "b.owner_id").select("b.*", "owners.name as owner");
}

// ok: `first`
async function boat(id) {
  return boatsWithOwners().where("b.id", id).first();
}

// ok: the first of them
async function boatByNumber(number) {
  return boatsWithOwners()
    .where("b.active", true)
    .then((rows) => rows[0]);
}

async function boatsOfTenant(tenantId) {
  return boatsWithOwners().where("b.tenant_id", tenantId).orderBy("b.name");
}

async function boatsOfOwner(ownerId) {
  return boatsWithOwners().where("b.owner_id", ownerId);
}

async function activeBoats() {
  return boatsWithOwners().where("b.active", true);
}

// ok: limited by the function that the query is handed to
async function pageOfBoats(page, size) {
  return knex(TABLES.boats).modify((query) => {
    if (page) {
      query.offset(page * size);
    }
    query.limit(size);
  });
}

// ok: limited where it is run
async function pageInSteps(owner, size) {
  let query = knex(`${TABLES.boats}`).select(`${TABLES.boats}.id as id`, "name").where("active", true);
  if (owner) {
    query = query.andWhere("owner_id", owner);
  }
  const rows = await query.orderBy("id").limit(size + 1);
  return rows;
}

// ok: a table of codes
function codes() {
  return knex(TABLES.berth_codes).select("*");
}

function vouchers() {
  return knex(TABLES.voucher_codes).select("*");
}

module.exports = { boat, boatByNumber, boatsOfTenant, boatsOfOwner, activeBoats, pageOfBoats, pageInSteps, codes, vouchers };
