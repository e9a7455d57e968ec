/** Declares tests that each run over several transports, one server for each of them in a file of tests. */
import { after, before, describe, it } from 'node:test';
import { closeBrowser } from './browser.mjs';
import { openServer } from './server.mjs';
import { withStudio } from './studio.mjs';

after(closeBrowser);

/**
 * @param name of the suite and its stores
 * @param options transports, settings and announces as in openServer
 * @param declare is handed test(title, options, body): body(studio) runs with an app's host of its own
 */
export function suite(name, { transports = ['stdio', 'http'], ...options }, declare) {
  for (const transport of transports) {
    describe(`${name}, ${transport}`, () => {
      let server;
      before(async () => { server = await openServer(`${name.replaceAll(' ', '-')}-${transport}`, transport, options); });
      after(() => server?.close());
      declare((title, studioOptions, body) => {
        const file = `${name}-${transport}-${title}`.replace(/[^a-z0-9]+/gi, '-');
        it(title, { timeout: 240_000 }, () => withStudio(server, { ...studioOptions, file }, body));
      }, transport);
    });
  }
}
