import { describe, expect, it } from "vitest";
import { emptyPolicy } from "../../../src/engine/base/policy.ts";
import { discoverProject } from "../../../src/engine/discover/index.ts";

const model = "model User {\n  id String @id\n  email String? /// @pii contact.email\n  posts Post[]\n}\n";

function discover(configs: Record<string, string>) {
  return discoverProject(
    ["src/main.ts", ...Object.keys(configs)],
    new Map(Object.entries(configs)),
    emptyPolicy,
  );
}

describe("clients of schemas", () => {
  it("stand where the schema says, and know the models of the files around it", () => {
    const { files, generated } = discover({
      "db/prisma/schema.prisma":
        'generator client {\n  provider = "prisma-client"\n  output = "../generated"\n}\n',
      "db/prisma/models/user.prisma": model,
      "db/prisma/models/post.prisma": "model Post {\n  id Int @id\n}\n",
    });
    expect(files).toContain("db/generated/client.ts");
    const text = generated.find(({ file }) => file === "db/generated/index.ts")?.text;
    expect(text).toContain(
      "export interface User {\n  id: string;\n  /** @pii contact.email */ email: string | null;\n}",
    );
    expect(text).toContain("posts: Post[];");
  });

  it("are a package when the schema names no folder", () => {
    const { packages } = discover({
      "prisma/schema.prisma": `generator client {\n  provider = "prisma-client-js"\n}\n${model}`,
    });
    expect(packages).toEqual([
      { folder: "prisma/@prisma/client", name: "@prisma/client", entries: ["index.ts"], dependencies: [] },
    ]);
  });

  it("are not made of other generators, nor of schemas without one", () => {
    const docs = 'generator docs {\n  provider = "prisma-docs"\n}\n';
    expect(discover({ "a/schema.prisma": model, "b/schema.prisma": docs + model }).generated).toEqual([]);
  });
});
