// A summary is in terms of what callers pass: more callers never change it.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type FixtureWorkspace,
  firstDifference,
  fixtures,
  policies,
  workspaceOf,
} from "../../support/fixture-workspace.ts";
import { printSummaries } from "../../support/print-summary.ts";
import { runBounds } from "../../support/run-bounds.ts";
import { solveInOrder } from "../../support/solve-in-order.ts";

const groups = fc.array(fc.nat(fixtures.length - 1), { minLength: 1, maxLength: 3 });

test("a file that calls all functions changes no function's summary", () => {
  fc.assert(
    fc.property(groups, fc.nat(2), fc.boolean(), (indexes, which, first) => {
      const policy = policies[which] as (typeof policies)[number];
      const { texts, configs } = workspaceOf(indexes);
      const calls = [...texts].filter(([file]) => file === "calls.ts");
      const alone = [...texts].filter(([file]) => file !== "calls.ts");
      const order = first ? [...calls, ...alone] : [...alone, ...calls];
      const expected = summariesOf({ texts: new Map(alone), configs }, policy);
      const found = summariesOf({ texts: new Map(order), configs }, policy);
      for (const [name, summary] of expected) {
        const now = found.get(name) ?? "";
        if (now !== summary) expect.fail(`${name}\n${firstDifference(summary, now)}`);
      }
    }),
    runBounds(4),
  );
});

function summariesOf(workspace: FixtureWorkspace, policy: (typeof policies)[number]) {
  const { program, solution } = solveInOrder(workspace, policy);
  const summaries = printSummaries(program, solution.summaries);
  return new Map([...summaries].map(([name, summary]) => [name, withoutModuleCells(summary)]));
}

/** What a function writes to a module's variable may hold what it read of it, which is what all who write it wrote. */
function withoutModuleCells(summary: string): string {
  return summary
    .split("\n")
    .filter((line) => !line.startsWith("cell m:"))
    .join("\n");
}
