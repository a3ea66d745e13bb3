import axios from "axios";

const timeout = 8_000;

/** Account and ticket services in Virginia, for our own machines only. */
export const usInternal = axios.create({
  baseURL: "https://internal.us.tideline.example",
  timeout,
});

/** Product events, in Virginia. */
export const usCollector = axios.create({
  baseURL: "https://collector.us.tideline.example/v2",
  timeout,
});

/** The console that the operators in Beijing have open all day. */
export const opsConsole = axios.create({
  baseURL: "https://console.bj.tideline.example",
  timeout: timeout * 2,
});
