// What random programs really do when they run must be in their graphs: each text that reaches a sink is one of those that
// the graph says can reach it.
import { describe, expect, it } from "vitest";
import { extractFile, type FileFacts } from "../../../src/engine/extract/index.ts";
import { parseFile } from "../../../src/engine/parse/index.ts";
import { constantsOf } from "../../support/constants-of.ts";
import { randomNumbers, randomProgram } from "../../support/random-program.ts";

const programs = 150;
const runs = 40;

/** By sink: what arrives there when the program runs. Runs that take too long are cut short. */
function observe(body: string, seed: number): Map<number, Set<unknown>> {
  const observed = new Map<number, Set<unknown>>();
  const program = new Function("r", "sink", body) as (r: (limit: number) => number, sink: Sink) => void;
  for (let run = 0; run < runs; run++) {
    const random = randomNumbers(seed * 1_000 + run);
    let steps = 0;
    const stop = () => {
      if (++steps > 300) throw stopped;
    };
    const r = (limit: number) => {
      stop();
      return random(limit);
    };
    const sink: Sink = (id, value) => {
      stop();
      if (steps < 300) observed.set(id, (observed.get(id) ?? new Set()).add(value));
    };
    try {
      program(r, sink);
    } catch {
      // Programs throw texts of their own, too.
    }
  }
  return observed;
}

type Sink = (id: number, value: unknown) => void;

const stopped = new Error("Too long");

/** By sink: what the graphs say can arrive there. */
function predict(facts: FileFacts): Map<number, Set<string>> {
  const predicted = new Map<number, Set<string>>();
  for (const one of facts.functions) {
    for (const value of one.values) {
      if (value.op !== "call" || value.args.length !== 2) continue;
      const [first, second] = value.args;
      const id = first && one.values[first.value];
      if (id?.op !== "const" || !second) continue;
      predicted.set(Number(id.value), constantsOf(facts, one.index, second.value));
    }
  }
  return predicted;
}

describe("random programs", () => {
  it("reach no sink with anything that their graphs leave out", () => {
    let reached = 0;
    for (let seed = 1; seed <= programs; seed++) {
      const body = randomProgram(seed);
      const facts = extractFile(parseFile("case.ts", `function main(r, sink) {\n${body}\n}`));
      expect(facts.problems).toEqual([]);
      const predicted = predict(facts);
      for (const [id, values] of observe(body, seed)) {
        reached++;
        const missing = [...values].filter(
          (value) => typeof value === "string" && !predicted.get(id)?.has(value),
        );
        if (missing.length > 0) {
          expect.fail(
            `Program ${seed}: sink ${id} also gets ${missing.join(", ")}; the graph says ${[...(predicted.get(id) ?? [])].join(", ")}\n${body}`,
          );
        }
      }
    }
    expect(reached).toBeGreaterThan(programs);
  }, 240_000);

  it("are told apart: a text that was overwritten is left out", () => {
    const facts = extractFile(
      parseFile("case.ts", 'function main(r, sink) { let a = "x"; a = "y"; sink(0, a); }'),
    );
    expect(predict(facts)).toEqual(new Map([[0, new Set(["y"])]]));
  });
});
