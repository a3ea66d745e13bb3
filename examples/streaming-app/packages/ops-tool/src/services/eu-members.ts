import { Pool } from "pg";

/** The account database in Dublin: who is read from it lives in the EU. */
const accounts = new Pool({ host: "accounts.eu.tideline.example", database: "accounts" });

export async function euMemberById(id: string) {
  const { rows } = await accounts.query("SELECT email, full_name FROM members WHERE id = $1", [id]);
  return rows[0];
}
