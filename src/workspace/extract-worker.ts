// A worker thread's program: for each text that it is sent, it answers with the facts.
import { parentPort } from "node:worker_threads";
import { factsOf, type StaleText } from "../engine/index.ts";

parentPort?.on("message", ({ file, text }: StaleText) => parentPort?.postMessage(factsOf(file, text)));
