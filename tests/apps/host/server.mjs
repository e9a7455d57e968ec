/** The server under test, started over stdio or HTTP, and the host's client of it. */
import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

export const executable = process.env.GPTIMAGE2_TEST_EXECUTABLE;
const stores = process.env.GPTIMAGE2_APPS_STORES;
/** What a client announces that shows apps. */
export const apps = { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } };

/** A store of its own, empty, with its inbox. */
export async function makeStore(name) {
  const root = path.join(stores, name);
  await rm(root, { recursive: true, force: true });
  await mkdir(path.join(root, 'inbox'), { recursive: true });
  return root;
}

export function environment(root, settings) {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(GPTIMAGE2_|OPENAI_|AZURE_|SCENARIO_)/.test(name)));
  return { ...kept, GPTIMAGE2_BACKEND: 'sketch', GPTIMAGE2_STORAGE__ROOT: root, ...settings };
}

export function startHttp(env) {
  const child = spawn(executable, ['http', '--urls', 'http://127.0.0.1:0'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const address = new Promise((resolve, reject) => {
    const read = chunk => {
      output += chunk;
      const found = /serves MCP at (http[^ ,]+)/.exec(output);
      if (found) resolve(new URL(found[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', code => reject(new Error(`the server ended with ${code}: ${output}`)));
  });
  const stop = () => new Promise(resolve => {
    if (child.exitCode !== null) return resolve();
    child.on('exit', resolve);
    child.kill();
  });
  return { address, stop };
}

async function openTransport(transport, env) {
  if (transport === 'stdio') return { transport: new StdioClientTransport({ command: executable, args: [], env, stderr: 'ignore' }), stop: async () => {} };
  const { address, stop } = startHttp(env);
  return { transport: new StreamableHTTPClientTransport(await address), stop };
}

/** Over stdio in sessions as most hosts have them today, over HTTP in the newest revision that both sides know. */
const revision = { stdio: 'legacy', http: 'auto' };

/**
 * @param name of its store
 * @param transport stdio or http
 * @param options settings: further variables
 */
export async function openServer(name, transport, { settings = {} } = {}) {
  const root = await makeStore(name);
  const { transport: wire, stop } = await openTransport(transport, environment(root, settings));
  const client = new Client({ name: 'test-host', version: '1.0.0' }, {
    versionNegotiation: { mode: revision[transport] },
    capabilities: { extensions: apps },
  });
  await client.connect(wire);
  const { tools } = await client.listTools();
  return {
    root,
    inbox: path.join(root, 'inbox'),
    transport,
    client,
    tools,
    close: async () => {
      await client.close();
      await stop();
    },
  };
}
