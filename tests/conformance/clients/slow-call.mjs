/**
 * Calls whose image takes 20 s, in both eras, with and without a progress token, as bytes on the wire. Argument: the slow server's
 * address. What is printed was measured; what is checked is only the order: there is life long before the result.
 */
import assert from 'node:assert/strict';

const address = process.argv[2];
const common = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
const modern = method => ({ ...common, 'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': method, 'Mcp-Name': 'generate_image' });
const modernMeta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };

const post = (headers, message) => fetch(address, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });

async function beginSession() {
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'slow-call', version: '1' } };
  const begun = await post(common, { id: 0, method: 'initialize', params });
  await begun.text();
  const headers = { ...common, 'Mcp-Session-Id': begun.headers.get('mcp-session-id'), 'MCP-Protocol-Version': '2025-11-25' };
  await (await post(headers, { method: 'notifications/initialized' })).text();
  return headers;
}

/** @returns milliseconds from the request to the first byte, the longest silence in between, and what was heard before the result. */
async function measure(headers, meta, name) {
  const start = performance.now();
  const params = { name: 'generate_image', arguments: { prompt: `a slow fox: ${name}` }, _meta: meta };
  const response = await post(headers, { id: 1, method: 'tools/call', params });
  let [last, first, silence, signs, text] = [start, null, 0, 0, ''];
  for await (const chunk of response.body) {
    const now = performance.now();
    first ??= now - start;
    silence = Math.max(silence, now - last);
    last = now;
    text += Buffer.from(chunk).toString();
    signs += text.includes('"result"') ? 0 : 1;
  }

  const events = text.split('\n\n').filter(event => event !== '');
  const answer = JSON.parse(events.at(-1).split('\n').find(line => line.startsWith('data: ')).slice(6));
  assert.ok(answer.result && !answer.result.isError, `${name}: ends with a result`);
  assert.ok(events.every(event => /^(: waiting|event: message\ndata: \{.*\})$/.test(event)), `${name}: no comment splits an event`);
  assert.ok(signs >= 3, `${name}: at least three signs of life before the result, not ${signs}`);
  return { call: name, 'first byte, ms': Math.round(first), 'longest silence, ms': Math.round(silence), 'signs of life': signs };
}

const session = await beginSession();
console.table(await Promise.all([
  measure(session, {}, 'legacy'),
  measure(await beginSession(), { progressToken: 'p' }, 'legacy, progress'),
  measure(modern('tools/call'), modernMeta, 'modern'),
  measure(modern('tools/call'), { ...modernMeta, progressToken: 'p' }, 'modern, progress'),
]));
