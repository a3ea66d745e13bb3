// Calls that look like sinks by their words alone. It shares nothing with the engine or its catalog, so that what it draws
// shows what they do not know.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** @typedef {{ kind: string, file: string, line: number, lastLine: number }} SinkCall */

/** What the callee must read like: `receiver.receiver.method`, without its arguments. The first that matches counts. */
const kinds = [
  [
    "error tracker",
    /^(sentry|bugsnag|rollbar|newrelic|datadog\w*|honeybadger|airbrake)\.(capture|set|add|notify|log|error)\w*$|\b(captureException|captureMessage|captureError|addBreadcrumb|noticeError|setUserContext)$/i,
  ],
  [
    "log",
    /(^|\.|_)(\w*log(ger|s)?|console|winston|pino|bunyan|logging|log4js|reporter|tracer|span|diag)(\(\))?\.(log|trace|debug|verbose|silly|info|notice|warn|warning|error|err|fatal|critical|alert|emit|write|set|setAttributes?|addEvent|recordException|table|dir|child)$/i,
  ],
  ["log", /(^|\.)(log[A-Z]\w*|\w+Log|log|debug|warn|print|println)$/],
  [
    "analytics",
    /(^|\.)(track\w*|identify|capture|logEvent|sendEvent|recordEvent|reportEvent|gtag|pageview|screen|setUserProperties|setPersonProperties|group)$/,
  ],
  ["analytics", /\b(analytics|posthog|mixpanel|amplitude|segment|telemetry|metrics)\b(\(\))?\.\w+$/i],
  [
    "mail",
    /(mail|transport(er)?|postmark|resend|sendgrid|\bses)\w*(\(\))?(\.\w+)?\.(send\w*|queue\w*)$|(^|\.)send\w*(mail|invit\w*|notification|message)\w*$/i,
  ],
  [
    "message",
    /\b(slack|twilio|discord|telegram|sms|webhook|push|kafka|producer|publisher|pubsub|queue|sqs|sns|channel|socket|ws|io)\w*(\(\))?(\.\w+)*\.(send\w*|post\w*|publish\w*|emit|create|add|produce|enqueue|push|trigger|broadcast)$/i,
  ],
  [
    "http",
    /(^|\.)(fetch\w*|axios|got|ky|superagent|request|doFetch\w*)$|\b(axios|got|ky|http|https|client|api|rest|request|superagent)\w*(\(\))?\.(request|post|put|patch|get|delete|send|fetch)$/i,
  ],
  [
    "file",
    /(^|\.)(writeFile|writeFileSync|appendFile|appendFileSync|outputFile|outputJson|writeJson|createWriteStream|saveAs|download|unparse|stringifyCsv|writeXLSX|json_to_sheet|aoa_to_sheet)$|\b(stream|out|output|writer|csv\w*|xlsx|workbook|worksheet|sheet|zip|pdf|doc)\.(write\w*|addRows?|text|file|end)$/i,
  ],
  [
    "upload",
    /(^|\.)(putObject|upload\w*|PutObjectCommand|saveFile|createFile)$|\b(s3|blob|bucket|storage)\w*(\(\))?(\.\w+)*\.(send|put|save|upload\w*|write)$/i,
  ],
];

const notTheirOwnCode =
  /(^|\/)(node_modules|dist|build|vendor|generated|__generated__|coverage|tests?|spec|__tests__|__mocks__|mocks?|fixtures?|e2e|examples?|stories|seeds?|cypress|playwright)\/|\.(test|spec|stories|mock|min|d)\.[cm]?[jt]sx?$/i;

/**
 * All of an application's calls that could carry data to a sink: those with literals and callbacks alone are left out.
 *
 * @param {string} folder
 * @returns {SinkCall[]} in the order of file and line
 */
export function findSinkCalls(folder) {
  const listed = execFileSync("git", ["ls-files", "-z"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return listed
    .split("\0")
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !notTheirOwnCode.test(file))
    .sort()
    .flatMap((file) => callsIn(file, readFileSync(join(folder, file), "utf8")));
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {SinkCall[]}
 */
export function callsIn(file, text) {
  const scriptKind = /x$/.test(file) || /\.[cm]?js$/.test(file) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, scriptKind);
  /** @type {SinkCall[]} */
  const calls = [];
  const lineOf = (offset) => tree.getLineAndCharacterOfPosition(offset).line + 1;
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const kind = kindOf(node, tree);
      if (kind !== undefined)
        calls.push({ kind, file, line: lineOf(node.getStart(tree)), lastLine: lineOf(node.end) });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return calls;
}

function kindOf(call, tree) {
  const args = call.arguments ?? [];
  if (args.every(isLiteral)) return undefined;
  const name = nameOf(call.expression, tree);
  return name === undefined ? undefined : kinds.find(([, words]) => words.test(name))?.[0];
}

/** Callbacks are written in place too: what they are given comes from the callee. */
function isLiteral(node) {
  return ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || ts.isFunctionLike(node);
}

/** `this.logger.info`, `getLogger().warn`; nothing for a callee that has no name. */
function nameOf(node, tree) {
  if (ts.isIdentifier(node)) return node.text;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return "this";
  if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node))
    return nameOf(node.expression, tree);
  if (ts.isCallExpression(node)) {
    const name = nameOf(node.expression, tree);
    return name === undefined ? undefined : `${name}()`;
  }
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const receiver = nameOf(node.expression, tree);
  return receiver === undefined ? node.name.text : `${receiver}.${node.name.text}`;
}
