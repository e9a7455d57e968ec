/** The lists of a server as bytes on the wire, to a client that announces the given capabilities. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { environment, executable, makeStore, startHttp } from './server.mjs';

const hello = capabilities => ({
  id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities, clientInfo: { name: 'raw', version: '1' } },
});
const lists = ['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list'];

/** As { 'initialize': text, 'tools/list': text, … }. */
async function askAll(capabilities, exchange) {
  const answers = { initialize: await exchange(hello(capabilities)) };
  await exchange({ method: 'notifications/initialized' });
  for (const [index, method] of lists.entries()) answers[method] = await exchange({ id: index + 2, method, params: {} });
  return answers;
}

export async function askOverStdio(name, capabilities) {
  const child = spawn(executable, [], { env: environment(await makeStore(name), {}), stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting = new Map();
  createInterface({ input: child.stdout }).on('line', line => waiting.get(JSON.parse(line).id)?.(line));
  const answers = await askAll(capabilities, message => new Promise(resolve => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    if (message.id === undefined) resolve();
    else waiting.set(message.id, resolve);
  }));
  child.stdin.end();
  return answers;
}

const common = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
const dataOf = body => body.split('\n').find(line => line.startsWith('data: ') && line.includes('"jsonrpc"'))?.slice(6) ?? body;

export async function askOverHttp(name, capabilities) {
  const { address, stop } = startHttp(environment(await makeStore(name), {}));
  const url = await address;
  let session = {};
  const answers = await askAll(capabilities, async message => {
    const response = await fetch(url, { method: 'POST', headers: { ...common, ...session }, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
    const id = response.headers.get('mcp-session-id');
    if (id) session = { 'Mcp-Session-Id': id, 'MCP-Protocol-Version': '2025-11-25' };
    return dataOf(await response.text());
  });
  await stop();
  return answers;
}
