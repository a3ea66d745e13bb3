/** Why something about a member leaves the country. The register accepts no other reason. */
export type Purpose = "fraud-investigation" | "playback-failure" | "legal-request";

/** The most that one transfer may hold. */
export interface SharedCase {
  purpose: Purpose;
  ticketId: string;
  /** The member's contact, when the office abroad has to write to the member itself. */
  contact?: string;
  note: string;
}
