/** The host itself: what every test of the page relies on would be noticed, tried with pages that do each of it. */
import assert from 'node:assert/strict';
import { expectClean } from './host/clean.mjs';
import { suite } from './host/suite.mjs';

/** A page that says hello to the host, then does something. */
const pageThat = script => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><p>Hello</p><script>
const post = message => parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
addEventListener('message', ({ data }) => {
  if (data.id === 1) post({ method: 'ui/notifications/initialized', params: {} });
  if (data.method === 'ping') post({ id: data.id, result: {} });
  if (data.method === 'ui/notifications/tool-input') { ${script} }
});
post({ id: 1, method: 'ui/initialize', params: { appInfo: { name: 'page', version: '1' }, appCapabilities: {}, protocolVersion: '2026-01-26' } });
</script></body></html>`;

const caught = {
  'a script that came with the data': ['document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=canary()>")', /a script was run/],
  'a dialog': ['alert(1)', /a script was run|console/],
  'an image from elsewhere': ['new Image().src = "https://192.0.2.1/x.png"', /violation/],
  'a blob as an image': ['new Image().src = URL.createObjectURL(new Blob(["x"]))', /violation/],
  'a request': ['fetch("https://192.0.2.1/").catch(() => {})', /violation/],
  'evaluated text': ['try { eval("1") } catch {}', /violation/],
  'an exception': ['throw new Error("oops")', /the page threw/],
  'a promise that nobody waits for': ['Promise.reject(new Error("oops"))', /the page threw/],
  'a word in the console': ['console.log("hello")', /console/],
};

suite('guards', { transports: ['stdio'] }, test => {
  for (const [what, [script, reason]] of Object.entries(caught)) {
    test(`the host notices ${what}`, { page: pageThat(script) }, async studio => {
      await studio.load('generate_image');
      await expectClean(studio);
      await studio.input({});
      await studio.tell('ping');
      for (let tries = 0; tries < 100; tries++) {
        const found = await expectClean(studio).then(() => null, error => error);
        if (found) return assert.match(found.message, reason);
        await studio.page.waitForTimeout(100);
      }
      assert.fail('nothing was noticed');
    });
  }

  test('the host refuses to call what is not for apps', { page: pageThat('post({ id: 2, method: "tools/call", params: { name: "no_such_tool", arguments: {} } })') }, async studio => {
    await studio.load('generate_image');
    await studio.input({});
    assert.match((await studio.untilAsked('tools/call')).error, /may not/);
  });
});

suite('guards of paths', { transports: ['http'] }, test => {
  test('the host notices a path of this machine', { page: pageThat('document.body.append(data.params.arguments.text)') }, async studio => {
    await studio.load('generate_image');
    await studio.input({ text: 'nothing' });
    await studio.tell('ping');
    await expectClean(studio);
    await studio.input({ text: `${studio.server.root}/2026` });
    await studio.tell('ping');
    await assert.rejects(expectClean(studio), /path of this machine/);
  });
});
