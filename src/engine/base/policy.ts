import type { Model, Severity, Transfer } from "./catalog.ts";
import type { Location } from "./location.ts";

/** The parsed `borderline.jsonc`. Everything has a default: no file is needed to start. */
export interface Policy {
  readonly residency: ResidencyPolicy;
  readonly regions: Readonly<Record<string, NamedRegion>>;
  readonly presets: readonly string[];
  readonly transfers: readonly Transfer[];
  readonly channels: readonly Channel[];
  /** Rule id or sink kind → severity. The longest matching sink kind wins over the rule. */
  readonly rules: Readonly<Record<string, Severity>>;
  /** Data type or category → severity, where its sink is not off. The longest wins, over `rules` too; borders are apart. */
  readonly data: Readonly<Record<string, Severity>>;
  /** Loaded by `workspace`; inline here. */
  readonly models: readonly Model[];
  readonly approvals: readonly Approval[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Of folders with a policy of their own; outer ones first. */
  readonly nested?: readonly NestedPolicy[];
}

/** What holds for the code in a folder: its own policy before those further up. */
export interface NestedPolicy {
  readonly folder: string;
  readonly policy: Policy;
  /** What its own file says of residency, in globs of the workspace. */
  readonly residency: ResidencyPolicy["paths"];
}

export interface ResidencyPolicy {
  readonly default?: string;
  /** Glob → jurisdiction; the last match wins. */
  readonly paths: Readonly<Record<string, string>>;
  /** Name of a package of the workspace → jurisdiction; `*` matches any run of characters; the last match wins. */
  readonly packages?: Readonly<Record<string, string>>;
}

export interface NamedRegion {
  readonly jurisdiction: string;
  readonly hosts?: readonly string[];
  readonly env?: readonly string[];
  readonly writtenAt?: Location;
}

export interface Channel {
  readonly name: string;
  /** `package#member.member` or `path/of/file.ts#member`. */
  readonly call: string;
  readonly approvedBy?: string;
  /** Jurisdictions that it leads from and to; absent: any. */
  readonly from?: string | readonly string[];
  readonly to?: string | readonly string[];
  readonly writtenAt?: Location;
}

export interface Approval {
  readonly finding: string;
  readonly reason: string;
  readonly by?: string;
  /** ISO date, the last day on which it holds. */
  readonly expires?: string;
  readonly writtenAt?: Location;
}

export const emptyPolicy: Policy = {
  residency: { paths: {} },
  regions: {},
  presets: [],
  transfers: [],
  channels: [],
  rules: {},
  data: {},
  models: [],
  approvals: [],
  include: [],
  exclude: [],
};
