// Preloaded into a process that is measured: says at its end what it took.
import { writeFileSync } from "node:fs";

const file = process.env.BORDERLINE_BENCH_USAGE;
// Its own children are measured by nobody, and must not write over this.
delete process.env.BORDERLINE_BENCH_USAGE;

process.on("exit", () => {
  if (file === undefined) return;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(
    file,
    JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, megabytes: maxRSS / 1000 }),
  );
});
