/** The official TypeScript client, version 1, which begins with initialize. Arguments: the addresses of the server and of a slow one. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ResourceListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { expectAll } from './expect.mjs';

async function connect(address) {
  const client = new Client({ name: 'sdk-v1', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(address));
  await client.connect(transport);
  return {
    listTools: () => client.listTools(),
    listPrompts: () => client.listPrompts(),
    listResources: () => client.listResources(),
    callTool: (params, options) => client.callTool(params, undefined, options),
    readResource: params => client.readResource(params),
    complete: params => client.complete(params),
    watch: async onChanged => {
      client.setNotificationHandler(ResourceListChangedNotificationSchema, onChanged);
      return async () => client.removeNotificationHandler('notifications/resources/list_changed');
    },
    close: async () => {
      await transport.terminateSession();
      await client.close();
    },
  };
}

await expectAll(connect, ...process.argv.slice(2));
