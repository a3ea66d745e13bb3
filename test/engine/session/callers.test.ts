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
      const keeping = partsThatKeep(expected);
      for (const [name, summary] of expected) {
        if (keeping.has(partOf(name))) continue;
        const now = found.get(name) ?? "";
        if (now !== summary) expect.fail(`${name}\n${firstDifference(summary, now)}`);
      }
    }),
    runBounds(4),
  );
});

function summariesOf(workspace: FixtureWorkspace, policy: (typeof policies)[number]) {
  const { program, solution } = solveInOrder(workspace, policy);
  return printSummaries(program, solution.summaries);
}

/**
 * A module's variable holds what all wrote to it. Where a module keeps what its callers pass, one more caller is one more
 * who writes, and what reads the variable says so.
 */
function partsThatKeep(summaries: ReadonlyMap<string, string>): Set<string> {
  const keeping = [...summaries].filter(([, summary]) => /^cell m:.*\bs (?:p\d|this)/m.test(summary));
  return new Set(keeping.map(([name]) => partOf(name)));
}

function partOf(name: string): string {
  return name.slice(0, name.indexOf("/"));
}
