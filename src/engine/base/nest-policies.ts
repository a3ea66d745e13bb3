import type { FileId } from "./location.ts";
import type { NestedPolicy, Policy, ResidencyPolicy } from "./policy.ts";

/** A `borderline.jsonc` further down, as it is written. */
export interface WrittenPolicy {
  /** Relative to the workspace, without a slash at the end. */
  readonly folder: string;
  readonly policy: Policy;
}

/**
 * Policies of folders override that of the workspace for the code in them: what they say comes before what is said further
 * up. What names hosts, settings, channels, models, approvals and files left out holds for the whole program.
 */
export function nestPolicies(root: Policy, written: readonly WrittenPolicy[]): Policy {
  if (written.length === 0) return root;
  const nested: NestedPolicy[] = [];
  for (const each of [...written].sort((a, b) => (a.folder < b.folder ? -1 : 1))) {
    const outer = nested.findLast(({ folder }) => isIn(folder, each.folder))?.policy ?? root;
    nested.push({
      folder: each.folder,
      policy: overridden(outer, each),
      residency: residencyIn(each),
    });
  }
  const all = [root, ...written.map(({ policy }) => policy)];
  return {
    ...root,
    regions: Object.assign({}, ...all.map(({ regions }) => regions).reverse()),
    channels: all.flatMap(({ channels }) => channels),
    models: all.flatMap(({ models }) => models),
    approvals: all.flatMap(({ approvals }) => approvals),
    exclude: [
      ...root.exclude,
      ...written.flatMap((each) => each.policy.exclude.map((glob) => under(each, glob))),
    ],
    nested,
  };
}

/** What is made of the policy that holds for a file. */
export function forEachPolicy<Made>(policy: Policy, make: (policy: Policy) => Made): (file: FileId) => Made {
  const top = make(policy);
  const inside = (policy.nested ?? []).map(({ folder, policy: own }) => ({ folder, made: make(own) }));
  return (file) => inside.findLast(({ folder }) => isIn(folder, file))?.made ?? top;
}

function overridden(outer: Policy, each: WrittenPolicy): Policy {
  const { policy: own } = each;
  return {
    ...outer,
    residency: {
      ...outer.residency,
      ...(own.residency.default !== undefined && { default: own.residency.default }),
      paths: { ...outer.residency.paths, ...residencyIn(each) },
    },
    regions: { ...outer.regions, ...own.regions },
    presets: own.presets.length > 0 ? own.presets : outer.presets,
    transfers: [...own.transfers, ...outer.transfers],
    channels: [...own.channels, ...outer.channels],
    rules: { ...outer.rules, ...own.rules },
    data: { ...outer.data, ...own.data },
  };
}

/** Where the people are whose data the code of a folder handles, in globs of the workspace. */
function residencyIn(each: WrittenPolicy): ResidencyPolicy["paths"] {
  const { residency } = each.policy;
  const paths = Object.entries(residency.paths).map(([glob, id]) => [under(each, glob), id] as const);
  const all = residency.default === undefined ? [] : [[under(each, "**"), residency.default] as const];
  return Object.fromEntries([...all, ...paths]);
}

function under({ folder }: WrittenPolicy, glob: string): string {
  return `${folder.replace(/[[\](){}*?!+@]/g, "\\$&")}/${glob.replace(/^\.?\//, "")}`;
}

function isIn(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}
