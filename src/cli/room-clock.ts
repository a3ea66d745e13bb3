import type { RoomTime } from "../reporters/index.ts";

/** What one part of a run took: `megabytes` is the resident memory when it ended. */
export interface Spent {
  readonly room: string;
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Tells how long a run was in which room. It is always in one; rooms may be entered again. */
export class RoomClock {
  private readonly all = new Map<string, { milliseconds: number; megabytes: number }>();
  private room = "start";
  private since = 0;

  enter(room: string): void {
    if (room === this.room) return;
    const now = performance.now();
    const spent = this.all.get(this.room) ?? { milliseconds: 0, megabytes: 0 };
    spent.milliseconds += now - this.since;
    spent.megabytes = process.memoryUsage.rss() / 1e6;
    this.all.set(this.room, spent);
    this.room = room;
    this.since = now;
  }

  /** Of all rooms but the one that the run is in, in the order in which they were entered first. */
  spent(): Spent[] {
    return [...this.all].map(([room, spent]) => ({ room, ...spent }));
  }

  /** Of the engine's rooms alone. */
  rooms(): RoomTime[] {
    const names: readonly RoomTime["room"][] = ["parse", "link", "solve", "report"];
    return names.flatMap((room) => {
      const spent = this.all.get(room);
      return spent ? [{ room, milliseconds: spent.milliseconds }] : [];
    });
  }
}

/** `--timing`. */
export function timingText(spent: readonly Spent[]): string {
  const row = (room: string, milliseconds: string, megabytes: string) =>
    `  ${room.padEnd(10)}${milliseconds.padStart(8)}${megabytes.padStart(8)}\n`;
  const rows = spent.map((each) => row(each.room, each.milliseconds.toFixed(0), each.megabytes.toFixed(0)));
  const total = spent.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const peak = process.resourceUsage().maxRSS / 1000;
  return [row("room", "ms", "MB"), ...rows, row("all, peak", total.toFixed(0), peak.toFixed(0))].join("");
}
