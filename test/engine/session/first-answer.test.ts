// What is said of an edited file at once must be what the run after it says of that file.
import { expect, test } from "vitest";
import type { FileId, Session } from "../../../src/engine/index.ts";
import { finish, fixtures, newSession, policies, workspaceOf } from "../../support/fixture-workspace.ts";

const policy = policies[2] as (typeof policies)[number];

function sessionOf(texts: ReadonlyMap<FileId, string>, configs: ReadonlyMap<FileId, string> = new Map()) {
  const session = newSession(policy);
  session.setWorkspace([...texts.keys(), ...configs.keys()], configs);
  for (const [file, text] of texts) session.setText(file, text);
  finish(session.run());
  return session;
}

/** What both say of one file after an edit of it. */
function answers(session: Session, file: FileId, text: string) {
  session.setText(file, text);
  const first = finish(session.firstAnswer());
  const { findings, problems } = finish(session.run());
  return {
    first,
    run: {
      findings: findings.filter(({ location }) => location.file === file),
      problems: problems.filter((problem) => problem.file === file),
    },
  };
}

const texts = new Map([
  ["log.ts", "export function note(it) { console.log(it); }\nexport function none(it) { return it.plan; }"],
  [
    "page.ts",
    'import { note } from "./log";\nexport function page(user: { email: string }) { return user; }\n',
  ],
]);

test("a leak through a function of another file is found at once, and its end too", () => {
  const session = sessionOf(texts);
  const page = texts.get("page.ts") ?? "";
  const leaking = answers(session, "page.ts", page.replace("return user", "note(user.email)"));
  expect(leaking.first?.findings.length).toBe(1);
  expect(leaking.first).toMatchObject(leaking.run);
  const clean = answers(session, "page.ts", page);
  expect(clean.first?.findings).toEqual([]);
});

test("what the change of a function means for other files is left to the run", () => {
  const session = sessionOf(texts);
  const log = texts.get("log.ts") ?? "";
  const { first, run } = answers(session, "log.ts", log.replace("return it.plan", "console.log(it.phone)"));
  expect([...(first?.files ?? [])]).toEqual(["log.ts"]);
  expect(first).toMatchObject(run);
});

test.each([
  ["nothing was run yet", () => newSession(policy)],
  ["nothing changed", () => sessionOf(texts)],
  ["a function was added", () => edited(`${texts.get("page.ts")}export const one = () => 1;`)],
  ["a file was added", () => edited("export {}", "other.ts")],
])("there is no first answer when %s", (_, make) => {
  expect(finish(make().firstAnswer())).toBeUndefined();
});

function edited(text: string, file = "page.ts"): Session {
  const session = sessionOf(texts);
  session.setText(file, text);
  return session;
}

/** Fixtures whose first answer to a new first line, which moves all that is found, is another than the run's. */
function differing(indexes: readonly number[], withCallers: boolean): string[] {
  return indexes.flatMap((index) => {
    const { texts, configs } = workspaceOf([index]);
    const own = new Map([...texts].filter(([file]) => withCallers || file !== "calls.ts"));
    const session = sessionOf(own, configs);
    return [...own].flatMap(([file, text]) => {
      const { first, run } = answers(session, file, `\n${text}`);
      const same = JSON.stringify(first?.findings ?? []) === JSON.stringify(run.findings);
      return same ? [] : [`${fixtures[index]?.name} ${file}`];
    });
  });
}

const some = fixtures.map((_, index) => index).filter((index) => index % 29 === 0);

// What other files put into a file's variables is left to the run: so one file, and callers only of what has no state.
test("of a file alone, the first answer is the last", () => {
  const alone = some.filter((index) => fixtures[index]?.files.length === 1);
  expect(differing(alone, false)).toEqual([]);
});

test("of code that others call, the first answer is the last", () => {
  const stateless = some.filter((index) => fixtures[index]?.name.startsWith("libraries/"));
  expect(differing(stateless, true)).toEqual([]);
});
