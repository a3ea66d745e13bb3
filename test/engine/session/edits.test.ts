// A session over time must say what one run from nothing says, byte for byte.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Editing, edits } from "../../support/edit-script.ts";
import {
  analyzeFresh,
  bytesOf,
  finish,
  firstDifference,
  fixtures,
  newSession,
  policies,
  workspaceOf,
} from "../../support/fixture-workspace.ts";
import { runBounds } from "../../support/run-bounds.ts";

const groups = fc.array(fc.nat(fixtures.length - 1), { minLength: 1, maxLength: 4 });

test("after any edits, the report is the one of a fresh run on the last texts", () => {
  fc.assert(
    fc.property(groups, edits, (indexes, script) => {
      const session = newSession(policies[0] as (typeof policies)[number]);
      const editing = new Editing(session, workspaceOf(indexes));
      for (const edit of script) editing.make(edit);
      editing.end();
      const found = bytesOf(finish(session.run()));
      const expected = analyzeFresh(editing, editing.policy);
      if (found !== expected) expect.fail(firstDifference(expected, found));
    }),
    runBounds(6),
  );
});
