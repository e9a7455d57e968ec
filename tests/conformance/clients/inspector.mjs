/** The Inspector's command line. Arguments: the server's address; legacy or modern. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const [address, era] = process.argv.slice(2);
const manifest = createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json');
const { bin } = createRequire(import.meta.url)(manifest);
const inspector = join(dirname(manifest), bin['mcp-inspector']);

async function inspect(...words) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [inspector, '--cli', address, '--transport', 'http', '--protocol-era', era, '--format', 'json', '--method', ...words],
    { env: { ...process.env, MCP_INSPECTOR_SECRET_STORE: 'memory' }, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout).result;
}

const [{ tools }, { resources }, { prompts }, made] = await Promise.all([
  inspect('tools/list', '--strict'),
  inspect('resources/list'),
  inspect('prompts/list'),
  inspect('tools/call', '--tool-name', 'generate_image', '--tool-args-json', JSON.stringify({ prompt: 'a blue fox', size: '1024x1024' })),
]);
assert.ok(tools.some(tool => tool.name === 'generate_image') && resources.length > 0 && prompts.length > 5, 'lists');
assert.ok(!made.isError && made.content.some(block => block.type === 'image'), 'calls');
const { contents } = await inspect('resources/read', '--uri', `image://${made.structuredContent.images[0].id}`);
assert.equal(contents[0].mimeType, 'image/png', 'reads');
console.log('lists (with no problem of portability), calls, reads');
