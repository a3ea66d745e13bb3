import { expect, test } from "vitest";
import { analyzeTexts } from "../../support/analyze-texts.ts";

/** One line for each client: its name, and its places, or that it is unknown where it stands. */
const clientsOf = (text: string) =>
  analyzeTexts({ "a.ts": text }).clients.map(({ name, places, unknown }) =>
    [name, ...places.map(({ jurisdiction }) => jurisdiction), ...(unknown ? ["unknown"] : [])].join(" "),
  );

test("a call that names its address is a client, whether or not data goes there", () => {
  expect(clientsOf(`export const ping = () => fetch("https://api.github.com/zen");`)).toEqual(["fetch US"]);
});

test("of an address, the host alone tells the place", () => {
  expect(clientsOf(`export const get = (id: string) => fetch("https://api.eu.mailgun.net/" + id);`)).toEqual([
    "fetch EU",
  ]);
});

test("an address that leads to a host of which nothing is known is an unknown client", () => {
  expect(clientsOf(`export const ping = () => fetch("https://api.firm.example/zen");`)).toEqual([
    "fetch unknown",
  ]);
});

test("what stays at home, and an address of which nothing is written, is no client", () => {
  const text = `export const own = () => fetch("/api/me");
    export const local = () => fetch("http://localhost:3000/me");
    export const any = (url: string) => fetch(url);`;
  expect(clientsOf(text)).toEqual([]);
});

test("callers tell the address of a wrapper, each one", () => {
  const text = `const get = (url: string) => fetch(url);
    export const one = () => get("https://api.stripe.com/v1");
    export const two = () => get("https://api.eu.mailgun.net/v3");
    export const own = () => get("/api/me");`;
  expect(clientsOf(text)).toEqual(["fetch EU US"]);
});

test("an address relative to a client is not a client of its own", () => {
  const text = `import axios from "axios";
    const api = axios.create({ baseURL: "https://api.eu.mailgun.net" });
    export const list = (path: string) => api.get(path);`;
  expect(clientsOf(text)).toEqual(["axios.create EU"]);
});

test("a client whose place only callers know is unknown while none of them tells it", () => {
  const text = `import { S3Client } from "@aws-sdk/client-s3";
    export const make = (region: string) => new S3Client({ region });`;
  expect(clientsOf(text)).toEqual(["S3Client unknown"]);
  expect(clientsOf(`${text}\nexport const one = make("eu-west-1");`)).toEqual(["S3Client IE"]);
});

test("of a table of hosts, callers choose the entry", () => {
  const text = `const HOSTS = { eu: "https://api.eu.mailgun.net", us: "https://api.stripe.com" };
    const get = (region: keyof typeof HOSTS) => fetch(\`\${HOSTS[region]}/v1\`);`;
  expect(clientsOf(`${text}\nexport { get };`)).toEqual(["fetch EU US"]);
  expect(clientsOf(`${text}\nexport const one = () => get("eu");`)).toEqual(["fetch EU"]);
});

test("a default in a path is no default of the place; one in the host is", () => {
  const isDefault = (url: string) =>
    analyzeTexts({ "a.ts": `export const get = () => fetch(${url});` }).clients.flatMap(({ places }) =>
      places.map(({ fallback }) => fallback === true),
    );
  expect(isDefault('"https://api.github.com/" + (process.env.BRANCH ?? "main")')).toEqual([false]);
  expect(isDefault('(process.env.API ?? "https://api.github.com") + "/zen"')).toEqual([true]);
});
