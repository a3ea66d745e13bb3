// The committed findings of an application: how they are written, compared and reviewed.

/**
 * One line of `expected/<application>.json`. A person may add what they judged it to be, and why.
 *
 * @typedef {object} ExpectedFinding
 * @property {string} id the same from run to run, so that a verdict stays with its finding
 * @property {string} rule
 * @property {string} file
 * @property {number} line from 1
 * @property {string} call the sink
 * @property {string[]} dataTypes
 * @property {string} confidence
 * @property {"true" | "false" | "doubtful"} [verdict]
 * @property {string} [why]
 */

/** @typedef {{ application: string, revision: string, findings: ExpectedFinding[] }} Expected */

const verdicts = ["true", "false", "doubtful"];

/**
 * @param {readonly any[]} findings of `--format json`
 * @returns {ExpectedFinding[]} in the order of file, line, rule and id
 */
export function toExpected(findings) {
  return findings
    .filter(({ suppressed }) => suppressed === undefined)
    .map(({ id, rule, location, sink, data, confidence }) => ({
      id,
      rule,
      file: location.file,
      line: location.start.line,
      call: sink,
      dataTypes: data.map(({ dataType }) => dataType).sort(),
      confidence,
    }))
    .sort(compareFindings);
}

/** By code units: the same on every machine. */
export function compareFindings(a, b) {
  return byText(a.file, b.file) || a.line - b.line || byText(a.rule, b.rule) || byText(a.id, b.id);
}

function byText(a, b) {
  return a < b ? -1 : Number(a > b);
}

/**
 * What has changed: `-` is no longer found, `+` is new; a finding of the same id that reads otherwise is both.
 *
 * @param {readonly ExpectedFinding[]} expected
 * @param {readonly ExpectedFinding[]} found
 * @returns {{ sign: "+" | "-", finding: ExpectedFinding }[]} in the order of the findings
 */
export function compareToExpected(expected, found) {
  const before = new Map(expected.map((finding) => [finding.id, finding]));
  const now = new Map(found.map((finding) => [finding.id, finding]));
  const removed = expected.filter((finding) => !isSame(finding, now.get(finding.id)));
  const added = found.filter((finding) => !isSame(finding, before.get(finding.id)));
  return [
    ...removed.map((finding) => ({ sign: /** @type {const} */ ("-"), finding })),
    ...added.map((finding) => ({ sign: /** @type {const} */ ("+"), finding })),
  ].sort((a, b) => compareFindings(a.finding, b.finding) || byText(b.sign, a.sign));
}

function isSame(a, b) {
  return b !== undefined && JSON.stringify(withoutReview(a)) === JSON.stringify(withoutReview(b));
}

function withoutReview({ verdict: _verdict, why: _why, ...finding }) {
  return finding;
}

/**
 * The findings of a run, with the reviews of those that were expected by the same id.
 *
 * @param {readonly ExpectedFinding[]} expected
 * @param {readonly ExpectedFinding[]} found
 * @returns {ExpectedFinding[]}
 */
export function keepReviews(expected, found) {
  const before = new Map(expected.map((finding) => [finding.id, finding]));
  return found.map((finding) => {
    const { verdict, why } = before.get(finding.id) ?? {};
    return { ...finding, ...(verdict && { verdict }), ...(why && { why }) };
  });
}

/**
 * @param {readonly ExpectedFinding[]} findings
 * @returns {{ true: number, false: number, doubtful: number }}
 */
export function countVerdicts(findings) {
  const counts = { true: 0, false: 0, doubtful: 0 };
  for (const { id, verdict } of findings) {
    if (verdict === undefined) continue;
    if (!verdicts.includes(verdict))
      throw new Error(`The verdict of ${id} is "${verdict}"; it may be: ${verdicts.join(", ")}.`);
    counts[verdict]++;
  }
  return counts;
}

/** Doubtful ones say nothing about either side. */
export function wordPrecision(findings) {
  const counts = countVerdicts(findings);
  const reviewed = counts.true + counts.false + counts.doubtful;
  if (reviewed === 0) return "none reviewed";
  const judged = counts.true + counts.false;
  const precision = judged === 0 ? "" : `precision ${Math.round((100 * counts.true) / judged)} %, `;
  return `${precision}${reviewed} reviewed: ${counts.true} true, ${counts.false} false, ${counts.doubtful} doubtful`;
}

/**
 * One finding a line, so that a diff in git reads as one of the run.
 *
 * @param {Expected} expected
 */
export function writeExpected({ application, revision, findings }) {
  const head = `  "application": ${JSON.stringify(application)},\n  "revision": ${JSON.stringify(revision)},\n`;
  const lines = findings.map((finding) => `    ${JSON.stringify(finding)}`).join(",\n");
  return `{\n${head}  "findings": [${lines === "" ? "" : `\n${lines}\n  `}]\n}\n`;
}
