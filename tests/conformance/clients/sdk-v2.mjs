/** The official TypeScript client, version 2. Arguments: the addresses of the server and of a slow one; legacy, auto or modern. */
import assert from 'node:assert/strict';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expectAll } from './expect.mjs';

const [address, slowAddress, mode] = process.argv.slice(2);

async function connect(server) {
  const client = new Client({ name: 'sdk-v2', version: '1' }, { versionNegotiation: { mode: mode === 'modern' ? { pin: '2026-07-28' } : mode } });
  const transport = new StreamableHTTPClientTransport(new URL(server));
  await client.connect(transport);
  assert.equal(client.getNegotiatedProtocolVersion(), mode === 'legacy' ? '2025-11-25' : '2026-07-28');
  return {
    listTools: () => client.listTools(),
    listPrompts: () => client.listPrompts(),
    listResources: () => client.listResources(),
    callTool: (params, options) => client.callTool(params, options),
    readResource: params => client.readResource(params),
    complete: params => client.complete(params),
    watch: async onChanged => {
      client.setNotificationHandler('notifications/resources/list_changed', onChanged);
      const subscription = mode === 'legacy' ? null : await client.listen({ resourcesListChanged: true });
      return async () => subscription?.close();
    },
    close: async () => {
      if (mode === 'legacy') await transport.terminateSession();
      await client.close();
    },
  };
}

await expectAll(connect, address, slowAddress);
