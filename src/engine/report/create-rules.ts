import type { Catalog, Rule, Severity } from "../base/catalog.ts";
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
export function createRules({ rules, dataTypes }: Catalog, policy: Policy): Rules {
  const overrides = policy.rules;
  const kinds = longestFirst(Object.keys(overrides).filter((key) => !rules.some(({ id }) => id === key)));
  const types = longestFirst(Object.keys(policy.data));
  const rows = new Map(dataTypes.map(({ id, severity }) => [id, severity]));
  return (dataType, sinkKind) =>
    rules
      .filter(({ from, to }) => holds(from, dataType) && holds(to, sinkKind))
      .map((rule) => ({ rule, severity: severityOf(rule, dataType, sinkKind) }));

  /**
   * The longest sink kind of the policy wins over the rule, and what is said of a data type over both. Not so for a rule
   * of places: what is quiet at home is still judged at the border, so only the rule's own id sets that one.
   */
  function severityOf(rule: Rule, dataType: string, sinkKind: string): Severity {
    const own = overrides[rule.id];
    if (rule.when === "place-not-allowed") return own ?? rule.severity;
    const kind = kinds.find((candidate) => isWithin(sinkKind, candidate));
    const off = rule.off?.find((candidate) => isWithin(sinkKind, candidate));
    // What a rule leaves out by default is turned on by its own name only, not by that of the whole branch.
    if (off !== undefined && (kind === undefined || !isWithin(kind, off))) return "off";
    const wanted = kind === undefined ? own : overrides[kind];
    const type = types.find((candidate) => isWithin(dataType, candidate));
    if (type !== undefined) return wanted === "off" ? "off" : (policy.data[type] as Severity);
    const usual = severityAt(sinkKind, rows.get(dataType));
    return usual === "off" ? "off" : (wanted ?? usual ?? rule.severity);
  }
}

/** What a data type's own row says of a sink kind. */
function severityAt(sinkKind: string, row: Readonly<Record<string, Severity>> | undefined) {
  const kind = row && longestFirst(Object.keys(row)).find((candidate) => isWithin(sinkKind, candidate));
  return kind === undefined ? undefined : row?.[kind];
}

function longestFirst(kinds: string[]): string[] {
  return kinds.sort((a, b) => b.length - a.length);
}

function holds(ancestors: readonly string[], kind: string): boolean {
  return ancestors.some((ancestor) => isWithin(kind, ancestor));
}
