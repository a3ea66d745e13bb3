import type { Rule, Severity } from "../base/catalog.ts";
import { isWithin } from "../base/kinds.ts";
import type { Policy } from "../base/policy.ts";

/** A rule that a data type at a sink kind falls under, and what it weighs there. */
export interface AppliedRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

export type Rules = (dataType: string, sinkKind: string) => readonly AppliedRule[];

/**
 * Which rules a data type at a sink kind falls under. Rules that are off are answered too, as `off`: a directive for one
 * of them is then not called unused.
 */
export function createRules(rules: readonly Rule[], overrides: Policy["rules"]): Rules {
  const kinds = Object.keys(overrides).filter((key) => !rules.some(({ id }) => id === key));
  kinds.sort((a, b) => b.length - a.length);
  return (dataType, sinkKind) =>
    rules
      .filter(({ from, to }) => holds(from, dataType) && holds(to, sinkKind))
      .map((rule) => ({ rule, severity: severityOf(rule, sinkKind, overrides, kinds) }));
}

/**
 * The longest sink kind of the policy wins over the rule. Not so for a rule of places: a kind that is quiet at home is
 * still judged at the border, so only the rule's own id sets that one.
 */
function severityOf(
  rule: Rule,
  sinkKind: string,
  overrides: Policy["rules"],
  kinds: readonly string[],
): Severity {
  const own = overrides[rule.id];
  if (rule.when === "place-not-allowed") return own ?? rule.severity;
  const kind = kinds.find((candidate) => isWithin(sinkKind, candidate));
  const off = rule.off?.find((candidate) => isWithin(sinkKind, candidate));
  // What a rule leaves out by default is turned on by its own name only, not by that of the whole branch.
  if (off !== undefined && (kind === undefined || !isWithin(kind, off))) return "off";
  return kind === undefined ? (own ?? rule.severity) : (overrides[kind] as Severity);
}

function holds(ancestors: readonly string[], kind: string): boolean {
  return ancestors.some((ancestor) => isWithin(kind, ancestor));
}
