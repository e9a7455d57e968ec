/** Declares tests that each run over several transports; suites of the same settings share a server, and all share a browser. */
import { after, describe, it } from 'node:test';
import { closeBrowser } from './browser.mjs';
import { openServer } from './server.mjs';
import { withStudio } from './studio.mjs';

const all = ['stdio', 'http'];

/** Those that this process is to test. */
export const transports = process.env.GPTIMAGE2_APPS_TRANSPORT ? [process.env.GPTIMAGE2_APPS_TRANSPORT] : all;

const servers = new Map();

function sharedServer(transport, settings) {
  const key = `${transport} ${JSON.stringify(settings)}`;
  if (!servers.has(key)) servers.set(key, openServer(`${transport}-${servers.size + 1}`, transport, { settings }));
  return servers.get(key);
}

after(async () => {
  await closeBrowser();
  for (const server of servers.values()) await (await server).close();
});

/**
 * @param name of the suite
 * @param options transports, and settings of the server
 * @param declare is handed test(title, options, body): body(studio) runs with an app's host of its own. Of the options, only names the
 * one transport of a test that the other would not make different; for the others see withStudio
 */
export function suite(name, { transports: wanted = all, settings = {} }, declare) {
  for (const transport of transports.filter(one => wanted.includes(one))) {
    describe(`${name}, ${transport}`, () => {
      declare((title, { only = transport, ...options }, body) => {
        if (only !== transport) return;
        const file = `${name}-${transport}-${title}`.replace(/[^a-z0-9]+/gi, '-');
        it(title, { timeout: 240_000 }, async () => withStudio(await sharedServer(transport, settings), { ...options, file }, body));
      });
    });
  }
}
