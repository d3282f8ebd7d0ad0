const fs = require("fs");
const { Pool } = require("pg");

const pool = new Pool();

class Schema {
  static async runFile(path) {
    await pool.query("SELECT 1");
    const statements = fs.readFileSync(path).toString().split(";");
    for (const statement of statements) {
      await pool.query(statement);
    }
  }

  static async setVersion(version) {
    await pool.query("UPDATE settings SET value = $1 WHERE name = 'schema_version'", [version]);
  }

  static async upgrade(version, latest) {
    for (let at = version + 1; at <= latest; at++) { // ok: each turn runs another file
      await Schema.runFile(`./schema/step${at}.sql`);
      await Schema.setVersion(at);
    }
  }

  static async applyTree(name, tree, done) {
    if (done[name]) {
      return;
    }
    for (const before of tree[name]) {
      await Schema.applyTree(before, tree, done); // ok: the files that this one builds on
    }
    await Schema.runFile("./schema/" + name);
    done[name] = true;
  }

  // What a file says of the rows is no statement of its own.
  static async template(path, id) {
    const text = fs.readFileSync(path).toString();
    const { rows } = await pool.query("SELECT name FROM customers WHERE id = $1", [id]);
    return text.replace("NAME", rows[0].name);
  }

  static async letters(ids) {
    for (const id of ids) {
      await Schema.template("./letters/late.txt", id); // finding: DB-PERF-001
    }
  }
}

module.exports = { Schema };
