/** Why a file is passed over unless the policy asks for it. */
export type DefaultReason = "test" | "generated" | "release";

const testFolder = new RegExp(
  `(?:^|/)(?:${[
    "__(?:tests?|mocks?|fixtures?|snapshots|stories|testdata)__",
    "tests?|specs?|mocks?|fixtures?|stories|seeds?|seeders?|e2e",
    "test[-_]?(?:data|utils?|helpers?|fixtures?|setup|support)",
    "cypress|playwright|detox|\\.?storybook(?:\\.[\\w.-]+)?",
    "[\\w.-]+[-_](?:tests|e2e|mocks|fixtures)",
    "(?:e2e|integration|unit)[-_]?tests?",
  ].join("|")})/`,
  "i",
);

const testName = new RegExp(
  `(?:^|/)(?:${[
    "[^/]*\\.(?:tests?|specs?|e2e(?:-spec|-test)?|mocks?|fixtures?|stor(?:y|ies)|seeds?|cy|pw|bench)",
    "[^/]*[-_](?:mocks?|fixtures?|stories|spec)",
    "[^/]*_test",
    "mocks?(?:[-_.][^/]*)?|fixtures?|seeds?|seeders?",
    "(?:setup|global)[-_.]?tests?|(?:jest|vitest|playwright|cypress|karma)\\.[\\w.-]+",
  ].join("|")})\\.[^./]+$`,
  "i",
);

const generatedFolder = new RegExp(
  `(?:^|/)(?:${[
    "__?generated__?|\\.?generated",
    "\\.(?:next|nuxt|output|svelte-kit|turbo|cache|vercel|netlify|serverless|aws-sam|parcel-cache|docusaurus|expo|yarn)",
    "coverage|bower_components|storybook-static|cdk\\.out",
  ].join("|")})/`,
  "i",
);

/** Tools that make a release: `tools/releaser/…`, `scripts/release-notes.ts`. */
const releaseTool = new RegExp(
  `(?:^|/)(?:${[
    "\\.(?:github|circleci|changeset)/",
    "(?:tools?|scripts?)/(?:[^/]+/)*(?:releas(?:es?|ers?|ing)|changelogs?)(?:[-_.][^/]*)?(?:/|\\.[^./]+$)",
  ].join("|")})`,
  "i",
);

/** `src/build/…` is somebody's own code; `packages/api/build/…` is not. */
const builtFolder = /(?:^|\/)(?:dist|build|out)(?:-[\w-]+)?\//i;

const generatedName =
  /[.-](?:generated|gen|min|bundle|chunk)\.[^./]+$|[._]pb\.[^./]+$|(?:^|\/)\.pnp\.[^/]+$/i;

/**
 * Tests, mocks, fixtures, seeds and stories hold made-up people; built and generated files repeat what other files say;
 * tools that make a release handle who wrote the commits, which the repository shows anyway.
 * Takes a path or a glob: a glob that names such files itself ("test/**") is a wish to see them.
 */
export function reasonToExclude(path: string): DefaultReason | undefined {
  if (isGenerated(path)) return "generated";
  if (testFolder.test(path) || testName.test(path)) return "test";
  return releaseTool.test(path) ? "release" : undefined;
}

function isGenerated(path: string): boolean {
  if (generatedFolder.test(path) || generatedName.test(path)) return true;
  const built = builtFolder.exec(path);
  return built !== null && !/(?:^|\/)src(?:\/|$)/.test(path.slice(0, built.index));
}
