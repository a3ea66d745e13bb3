import { type User, usCollector } from "@tideline/shared";

/** Feeds the growth dashboard. */
export async function trackUpgrade(member: User) {
  await usCollector.post("/events", {
    event: "upgrade",
    plan: member.plan,
    email: member.email,
  });
}

/** Feeds the same dashboard with counts a day. */
export async function trackUpgradeCounts(day: string, members: User[]) {
  const family = members.filter((member) => member.plan === "family");
  await usCollector.post("/events", {
    event: "upgrades",
    day,
    total: members.length,
    family: family.length,
  });
}
