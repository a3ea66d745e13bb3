/** A paying or trial member, as the account database has it. */
export interface User {
  id: string;
  email: string;
  fullName: string;
  phoneNumber: string | null;
  dateOfBirth: string;
  plan: Plan;
  emailVerified: boolean;
  createdAt: Date;
}

export type Plan = "trial" | "basic" | "family" | "premium";

/** One profile of a household. Profiles of minors see a smaller catalogue. */
export interface HouseholdProfile {
  id: string;
  ownerId: string;
  maturity: "kids" | "teens" | "all";
  language: string;
}

/** What a member watched, newest first. */
export interface WatchHistory {
  userId: string;
  entries: WatchEntry[];
}

export interface WatchEntry {
  titleId: string;
  watchedSeconds: number;
  finished: boolean;
  at: string;
}

/** A film or an episode. */
export interface Title {
  id: string;
  name: string;
  durationSeconds: number;
  regions: string[];
}

export interface SupportTicket {
  id: string;
  author: Pick<User, "id" | "email" | "fullName">;
  subject: string;
  body: string;
  openedAt: string;
}

export interface Refund {
  id: string;
  userId: string;
  amountCents: number;
  currency: "USD" | "EUR";
  iban?: string;
}
