import { Session } from "node:inspector/promises";
import { writeReport } from "./write-report.ts";

/** Runs, and writes what the processor was busy with into a `.cpuprofile`, which Chrome and VS Code open. */
export async function profiled<Result>(file: string, run: () => Promise<Result>): Promise<Result> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  try {
    return await run();
  } finally {
    const { profile } = await session.post("Profiler.stop");
    session.disconnect();
    await writeReport(JSON.stringify(profile), file);
  }
}
