/** The two origins of a host on loopback: its own page, and the sandbox with the header that the specification sets for every app. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { build } from 'esbuild';

const policy = [
  "default-src 'none'", "script-src 'self' 'unsafe-inline'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data:",
  "media-src 'self' data:", "connect-src 'none'", "frame-src 'self'", "object-src 'none'",
].join('; ');

const readNear = name => readFile(new URL(name, import.meta.url), 'utf8');

async function bundleHostPage() {
  const entry = new URL('page.mjs', import.meta.url).pathname;
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife', logLevel: 'error' });
  return outputFiles[0].text;
}

let parts;

/** The host's page, the sandbox and the script: the same for all tests. */
function readParts() {
  parts ??= Promise.all([readNear('page.html'), readNear('sandbox.html'), bundleHostPage()]);
  return parts;
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function listen(handle) {
  const server = createServer((request, response) => {
    handle(request, response).catch(error => response.writeHead(500).end(String(error)));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function close(server) {
  server.closeAllConnections();
  return new Promise(resolve => server.close(resolve));
}

const html = { 'content-type': 'text/html; charset=utf-8' };

/**
 * @param answer (kind, params) → what the app is told
 * @param report what a violation of the sandbox's header is handed to
 */
export async function openWeb(answer, report) {
  const [page, sandbox, script] = await readParts();

  async function answerAsked(request, response) {
    const { kind, params } = JSON.parse(await readBody(request));
    const reply = await answer(kind, params).then(result => ({ result }), error => ({ error: error.message }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
  }

  const hostServer = await listen(async (request, response) => {
    if (request.url === '/ask') return answerAsked(request, response);
    if (request.url === '/reports') {
      report(await readBody(request));
      return response.writeHead(204).end();
    }
    if (request.url === '/page.js') return response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script);
    return response.writeHead(200, html).end(page);
  });
  const host = `http://127.0.0.1:${hostServer.address().port}`;

  const sandboxServer = await listen(async (request, response) => {
    response.writeHead(200, { ...html, 'content-security-policy': `${policy}; report-uri ${host}/reports` }).end(sandbox);
  });
  return {
    host,
    // Another name than the host's, so that the browser puts the app into a process of its own.
    sandbox: `http://localhost:${sandboxServer.address().port}`,
    close: () => Promise.all([close(hostServer), close(sandboxServer)]),
  };
}
