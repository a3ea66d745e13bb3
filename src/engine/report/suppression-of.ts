import type { Policy } from "../base/policy.ts";
import type { DraftFinding } from "./draft-findings.ts";
import type { Suppression } from "./finding.ts";

/** What may keep one draft from counting. */
export interface SuppressionInput {
  readonly draft: DraftFinding;
  readonly id: string;
  readonly policy: Policy;
  readonly today: string;
  /** What a directive in the code says of it. */
  readonly directive: Suppression | undefined;
}

/** The official channel first, then the policy's approval, then the directive: the reason with the most authority. */
export function suppressionOf({
  draft,
  id,
  policy,
  today,
  directive,
}: SuppressionInput): Suppression | undefined {
  if (draft.channel !== undefined) return byChannel(draft.channel, policy);
  const approval = policy.approvals.find(
    ({ finding, expires }) => finding === id && (expires === undefined || expires >= today),
  );
  if (approval === undefined) return directive;
  const { reason, by, expires } = approval;
  return {
    by: "approval",
    reason: by === undefined ? reason : `${reason} (approved by ${by})`,
    ...(expires === undefined ? {} : { until: expires }),
  };
}

function byChannel(name: string, policy: Policy): Suppression {
  const approvedBy = policy.channels.find((channel) => channel.name === name)?.approvedBy;
  const reason = `Official channel ${name}`;
  return {
    by: "channel",
    reason: approvedBy === undefined ? reason : `${reason}, approved by ${approvedBy}`,
  };
}
