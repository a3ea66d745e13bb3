import type { Transfer } from "../base/catalog.ts";
import type { Location } from "../base/location.ts";
import type { Policy } from "../base/policy.ts";
import type { Problem } from "../base/problem.ts";
import type { Flow } from "../solve/index.ts";
import { quote } from "./plain-words.ts";

interface PolicyUse {
  readonly policy: Policy;
  readonly today: string;
  /** The transfers that decided something. */
  readonly used: ReadonlySet<Transfer>;
  readonly flows: readonly Flow[];
  /** Of all findings, the suppressed ones too. */
  readonly ids: readonly string[];
}

/**
 * What a policy allows that nothing in the code needs any more. A transfer that forbids is of use when nothing breaks it, so
 * only those that allow are told.
 */
export function unusedInPolicy({ policy, today, used, flows, ids }: PolicyUse): Problem[] {
  const problems: Problem[] = [];
  const tell = (at: Location | undefined, message: string, hint: string) => {
    if (!at) return;
    const { file, ...range } = at;
    problems.push({ code: "policy-unused", message, hint, file, range });
  };
  const transfers = [policy, ...(policy.nested ?? []).map((each) => each.policy)].flatMap(
    (each) => each.transfers,
  );
  for (const row of new Set(transfers))
    if (row.allow && !used.has(row))
      tell(
        row.writtenAt,
        "No personal data takes this transfer.",
        "Delete it, or correct its places and data.",
      );
  const channels = new Set(flows.map(({ channel }) => channel));
  for (const { name, writtenAt } of policy.channels)
    if (!channels.has(name))
      tell(
        writtenAt,
        `No personal data passes through the channel ${quote(name)}.`,
        "Compare its call with the code, or delete the channel.",
      );
  const known = new Set(ids);
  for (const { finding, expires, writtenAt } of policy.approvals) {
    if (!known.has(finding))
      tell(writtenAt, `There is no finding ${quote(finding)} any more.`, "Delete the approval.");
    else if (expires !== undefined && expires < today)
      tell(
        writtenAt,
        `The approval of ${quote(finding)} expired on ${expires}.`,
        "Renew it, or mend the finding and delete it.",
      );
  }
  const told = new Set(flows.flatMap(({ places }) => places.map(({ region }) => region)));
  for (const [name, { hosts, env, writtenAt }] of Object.entries(policy.regions))
    if ((hosts ?? env) !== undefined && !told.has(name))
      tell(
        writtenAt,
        `No client that personal data reaches stands in the region ${quote(name)} by its hosts or settings.`,
        "Compare them with the code, or delete the region.",
      );
  return problems;
}
