import type { Item } from "../extract/index.ts";
import { settingAtom } from "./atom.ts";
import { textOf } from "./builtin-call.ts";
import { shapeAt } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { join, ofAtom, type Shape } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";

/** A value that was read by the name of a setting may be a vendor's address, or tell a place: `process.env.SLACK_WEBHOOK_URL`. */
export function withSetting(solver: Solver, name: string, given: Shape, site: Site): Shape {
  const { places } = solver;
  if (!isSettingName(name) || !(places.isVendorSetting(name) || places.knowsSetting(name))) return given;
  return join(given, ofAtom(settingAtom(name, site)));
}

/** The same, where a call asks for it: `config.get("SLACK_WEBHOOK_URL")`, `requireEnv("SLACK_WEBHOOK_URL")`. */
export function withAskedSetting(
  evaluation: Evaluation,
  [first]: readonly Item[],
  given: Shape,
  site: Site,
): Shape {
  const name = first && first.value >= 0 ? textOf(shapeAt(evaluation, first.value)) : undefined;
  return name === undefined ? given : withSetting(evaluation.solver, name, given, site);
}

function isSettingName(name: string): boolean {
  return name.length > 2 && name.length < 80 && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name);
}
