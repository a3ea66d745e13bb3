import type { Location } from "./location.ts";

export interface Cloud {
  readonly provider: string;
  readonly title: string;
  readonly source: string;
  readonly date: string;
  /** Clouds that it runs on: their regions are its own too. */
  readonly regionsOf?: readonly string[];
  readonly regions: readonly {
    readonly code: string;
    readonly jurisdiction: string;
    readonly note?: string;
  }[];
  /** `*` matches any run of characters; `{region}` a region code of this cloud. First match wins; without a place, it is unknown. */
  readonly hosts: readonly { readonly pattern: string; readonly jurisdiction?: string }[];
}

export interface Jurisdiction {
  /** ISO 3166-1 alpha-2 code, or a named union such as `EU`. */
  readonly id: string;
  readonly title: string;
  /** Jurisdictions inside this one: the member states of `EU`. */
  readonly members?: readonly string[];
  /** Top-level domains that are evidence of this jurisdiction. */
  readonly topLevelDomains?: readonly string[];
  /** Words that mean it in hosts, region options and names of settings: `eu`, `frankfurt`. */
  readonly words?: readonly string[];
}

export interface Vendor {
  readonly name: string;
  readonly hosts: readonly string[];
  /** The word by which names of settings mean this vendor: `slack` in `SLACK_WEBHOOK_URL`. */
  readonly word?: string;
  readonly jurisdiction: string;
  readonly source: string;
}

export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly date: string;
  readonly transfers: readonly Transfer[];
  readonly note?: string;
}

/** One row of "who may send what where". First match wins; lists and single words both stand for sets. */
export interface Transfer {
  readonly from?: string | readonly string[];
  readonly to?: string | readonly string[];
  readonly data?: readonly string[];
  readonly sinks?: readonly string[];
  /** Packages of the workspace, by name, whose code sends the data; `*` matches any run of characters. */
  readonly packages?: readonly string[];
  readonly allow: boolean;
  readonly basis?: string;
  /** Where a policy writes it, to say so when nothing uses it; absent in presets. */
  readonly writtenAt?: Location;
}
