/**
 * One finding for a person to judge: where it stands, what it says, and each step with its code.
 *
 * @param {any} finding of `--format json`
 * @param {import("./show-code.mjs").CodeShelf} code
 * @returns {string}
 */
export function printFinding(finding, code) {
  const { location, rule, confidence, severity, message, data, sinkKind, bulk, id } = finding;
  const lines = [
    `${location.file}:${location.start.line}:${location.start.column}`,
    `  ${rule}, ${severity}, ${confidence} confidence, ${sinkKind}${bulk ? ", bulk" : ""}, id ${id}`,
    `  ${message}`,
    ...code.around(location.file, location.start.line, location.end.line, 3),
  ];
  for (const { dataType, confidence: sure, because, trace } of data) {
    lines.push(`  ${dataType} (${sure}): ${because}`);
    for (const step of trace) {
      const { file, start } = step.location;
      lines.push(`    ${file}:${start.line}  ${step.text}`, `        ${code.line(file, start.line)}`);
    }
  }
  for (const { jurisdiction, written, because } of finding.places ?? [])
    lines.push(`  place ${jurisdiction} (${written}): ${because}`);
  return lines.join("\n");
}

/**
 * A call that may be a sink, and what the analysis said there.
 *
 * @param {import("./find-sink-calls.mjs").SinkCall} call
 * @param {readonly any[]} findings of the application
 * @param {import("./show-code.mjs").CodeShelf} code
 * @returns {string}
 */
export function printSinkCall(call, findings, code) {
  const { file, line, lastLine, kind } = call;
  const here = findings.filter((finding) => endsAt(finding, call));
  const said = here.map(({ rule, data, confidence }) => {
    const types = data.map(({ dataType }) => dataType).join(", ");
    return `  found: ${rule} ${types} (${confidence})`;
  });
  return [
    `${file}:${line}`,
    `  ${kind}`,
    ...code.around(file, line, lastLine, 6),
    ...(said.length === 0 ? ["  found: nothing"] : said),
  ].join("\n");
}

/** A finding stands where the data enters; the call that a trace ends with is the sink. */
function endsAt({ data }, { file, line, lastLine }) {
  return data.some(({ trace }) => {
    const last = trace.at(-1)?.location;
    return last?.file === file && last.end.line >= line && last.start.line <= lastLine;
  });
}
