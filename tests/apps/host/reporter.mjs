/** One line for each test, and of a failed one the reason. */
const suites = new Map();

function failure({ error }) {
  const cause = error?.cause ?? error;
  return `${cause?.stack ?? cause?.message ?? cause}\n`.replace(/^/gm, '    ').trimEnd() + '\n';
}

export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type === 'test:start') suites.set(data.nesting, data.name);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const isSuite = data.details.type === 'suite';
    if (type === 'test:pass' && isSuite) continue;
    // A suite that only reports what its tests have reported already.
    if (data.details.error?.failureType === 'subtestsFailed') continue;
    const outcome = type === 'test:fail' ? 'FAILED' : data.skip !== undefined ? 'skipped' : 'passed';
    const title = data.nesting > 0 ? `${suites.get(0)}: ${data.name}` : data.name;
    yield `${title.padEnd(110)} ${outcome}  ${(data.details.duration_ms / 1000).toFixed(1)} s\n`;
    if (type === 'test:fail') yield failure(data.details);
  }
}
