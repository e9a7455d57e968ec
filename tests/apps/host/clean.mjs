/** What must be so after every test, whatever it did. */
import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';

/** Of the host's page or the sandbox around the app. */
const isOurs = (studio, address) => address.startsWith(`${studio.web.host}/`) || address.startsWith(`${studio.web.sandbox}/`);
const isLocal = (studio, address) => isOurs(studio, address) || /^(data|about):/.test(address);

/** Long runs of base64 may hold any short word by chance. */
const withoutData = text => text.replace(/[A-Za-z0-9+/=]{80,}/g, '…');

/** Folders of this machine, none of which a page may see over HTTP. */
function privatePaths(studio) {
  const repository = process.env.GPTIMAGE2_APPS_REPOSITORY;
  return [studio.server.root, repository, path.dirname(repository), os.homedir(), os.tmpdir()].filter(folder => folder.length > 3);
}

function expectNoPath(studio, text, where) {
  for (const folder of privatePaths(studio)) {
    const at = text.indexOf(`${folder}/`);
    assert.equal(at, -1, `${where} has a path of this machine: …${text.slice(Math.max(at - 200, 0), at + 120)}…`);
  }
}

export async function expectClean(studio) {
  const words = studio.seen.words;
  assert.deepEqual(words.filter(({ text }) => text === 'canary' || text.startsWith('dialog')), [], 'a script was run that came with the data');
  assert.deepEqual(studio.reports, [], 'the sandbox reported a violation of its policy');
  assert.deepEqual(studio.seen.errors, [], 'the page threw');
  assert.deepEqual(words.filter(({ from }) => from === 'about:srcdoc'), [], 'the page wrote to the console');
  assert.deepEqual(studio.seen.requests.filter(address => !isLocal(studio, address)), [], 'the browser asked elsewhere');
  if (studio.server.transport !== 'http') return;
  for (const text of studio.received) expectNoPath(studio, withoutData(text), 'what the page was given');
  expectNoPath(studio, withoutData(await studio.frame.content()), 'what the page shows');
}
