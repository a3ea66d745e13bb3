// What is found is a function of the set of files: neither the order in which they come, nor the order in which they are
// solved, says anything.
import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyPolicy, type FileId, type Policy } from "../../../src/engine/index.ts";
import { reportFindings } from "../../../src/engine/report/index.ts";
import {
  analyzeFresh,
  bytesOf,
  catalog,
  type FixtureWorkspace,
  firstDifference,
  fixtures,
  policies,
  workspaceOf,
} from "../../support/fixture-workspace.ts";
import { circularModules } from "../../support/random-modules.ts";
import { runBounds } from "../../support/run-bounds.ts";
import { solveInOrder } from "../../support/solve-in-order.ts";

const groups = fc.array(fc.nat(fixtures.length - 1), { minLength: 1, maxLength: 4 });

/** The entries in an order that the numbers say. */
function shuffled<T>(entries: ReadonlyMap<FileId, T>, ranks: readonly number[]): Map<FileId, T> {
  const ranked = [...entries].map((entry, index) => ({
    entry,
    rank: ranks[index % ranks.length] ?? 0,
    index,
  }));
  ranked.sort((a, b) => a.rank - b.rank || b.index - a.index);
  return new Map(ranked.map(({ entry }) => entry));
}

const toyPolicy = policies[0] ?? emptyPolicy;
const ranks = fc.array(fc.nat(99), { minLength: 1, maxLength: 12 });

test("the order in which files and texts are given does not matter", () => {
  fc.assert(
    fc.property(groups, fc.nat(2), ranks, (indexes, which, order) => {
      const policy = policies[which] ?? emptyPolicy;
      const { texts, configs } = workspaceOf(indexes);
      const other = { texts: shuffled(texts, order), configs: shuffled(configs, order) };
      const [expected, found] = [analyzeFresh({ texts, configs }, policy), analyzeFresh(other, policy)];
      if (found !== expected) expect.fail(firstDifference(expected, found));
    }),
    runBounds(4),
  );
});

test("nor in modules whose functions call each other in circles", () => {
  fc.assert(
    fc.property(circularModules, ranks, (texts, order) => {
      const configs = new Map<FileId, string>();
      const expected = analyzeFresh({ texts, configs }, toyPolicy);
      const found = analyzeFresh({ texts: shuffled(texts, order), configs }, toyPolicy);
      if (found !== expected) expect.fail(firstDifference(expected, found));
    }),
    runBounds(4),
  );
});

function analyzeInOrder(workspace: FixtureWorkspace, policy: Policy): string {
  const { facts: files, solution } = solveInOrder(workspace, policy);
  const stats = { files: 0, lines: 0, functions: 0, skipped: [], limits: {}, limitsByFile: [], flows: 0 };
  const { flows, gaps } = solution;
  return bytesOf(
    reportFindings({ flows, gaps, files, catalog, policy, today: "2026-11-24", stats, problems: [] }),
  );
}

test("the order in which functions are solved does not matter", () => {
  fc.assert(
    fc.property(groups, fc.nat(2), ranks, (indexes, which, order) => {
      const policy = policies[which] ?? emptyPolicy;
      const { texts, configs } = workspaceOf(indexes);
      const expected = analyzeInOrder({ texts, configs }, policy);
      const found = analyzeInOrder({ texts: shuffled(texts, order), configs }, policy);
      if (found !== expected) expect.fail(firstDifference(expected, found));
    }),
    runBounds(4),
  );
});
