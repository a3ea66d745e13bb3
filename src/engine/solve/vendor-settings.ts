import type { Item } from "../extract/index.ts";
import { textOf } from "./builtin-call.ts";
import { shapeAt } from "./evaluation.ts";
import { join, ofAtom, type Shape } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";

/** A value that was read by the name of a setting may be a vendor's address: `process.env.SLACK_WEBHOOK_URL`. */
export function withSetting(solver: Solver, name: string, given: Shape): Shape {
  if (!isSettingName(name) || !solver.places.isVendorSetting(name)) return given;
  return join(given, ofAtom({ kind: "setting", key: `v ${name}`, variable: name }));
}

/** The same, where a call asks for it: `config.get("SLACK_WEBHOOK_URL")`, `requireEnv("SLACK_WEBHOOK_URL")`. */
export function withAskedSetting(evaluation: Evaluation, [first]: readonly Item[], given: Shape): Shape {
  const name = first && first.value >= 0 ? textOf(shapeAt(evaluation, first.value)) : undefined;
  return name === undefined ? given : withSetting(evaluation.solver, name, given);
}

function isSettingName(name: string): boolean {
  return name.length < 80 && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(name);
}
