// The windows that the tests run in. Each opens a copy of its fixture, and runs the tests in suite/every-run and in
// the suite folder of the same name.

/**
 * @typedef {object} Run
 * @property {string} name also the name of its folder under suite/
 * @property {string} [fixture] folder under fixtures/; copied, so that tests may write into it
 * @property {string} [open] what to open inside the copy; the copy itself when not given
 * @property {boolean} [untrusted] leave workspace trust on, and the workspace not trusted
 */

/** @type {Run[]} */
export const runs = [
  { name: "folder", fixture: "folder" },
  { name: "multi-root", fixture: "multi-root", open: "multi-root.code-workspace" },
  { name: "no-folder" },
  { name: "example", fixture: "../../../examples/streaming-app" },
  { name: "untrusted", fixture: "folder", untrusted: true },
];
