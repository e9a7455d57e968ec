/** Nothing that comes with the data is ever run or loaded: not from prompts, names or metadata, nor from a host that talks nonsense. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { flatPng } from './host/png.mjs';
import { pick, press, seePicture, seeText } from './host/steps.mjs';
import { suite } from './host/suite.mjs';

const prompt = 'a sign that says "</script><script>canary()</script>" <img src=x onerror=canary()> <svg onload=canary()> \u202e${canary()} javascript:canary()';
const fileName = `it's "quoted" & <img src=x onerror=canary()>.png`;

/** Little-endian TIFF with one entry: what the picture shows, in words. */
function exif(words) {
  const text = Buffer.from(`${words}\0`, 'latin1');
  const head = Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x0e, 0x01, 2, 0, 0, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32LE(text.length, 14);
  return Buffer.concat([head, text]);
}

const markup = '"><script>canary()</script><img src=x onerror=canary()>';
const chunks = [
  ...['Title', 'Author', 'Description', 'Comment', 'Software', 'XML:com.adobe.xmp'].map(key => ['tEXt', Buffer.from(`${key}\0${markup}`, 'latin1')]),
  ['eXIf', exif(markup)],
];

/** Of the page's own document: nothing in it but what the page made. */
async function expectNoForeignNodes(studio) {
  const foreign = await studio.frame.evaluate(() => [
    ...[...document.querySelectorAll('*')].filter(node => [...node.attributes].some(({ name }) => name.startsWith('on'))).map(node => node.outerHTML),
    ...[...document.querySelectorAll('[src],[href],[action],[srcdoc]')].filter(node => !/^(data:image\/|#)/.test(node.getAttribute('src') ?? node.getAttribute('href') ?? '')).map(node => node.outerHTML),
    ...[...document.querySelectorAll('iframe,object,embed,base,link,form[action]')].map(node => node.outerHTML),
    ...[...document.scripts].slice(1).map(node => node.outerHTML),
  ]);
  assert.deepEqual(foreign, []);
}

/** What a host may send that knows nothing of the protocol, or means ill. */
const nonsense = [
  null, 0, 'text', [], {}, true, { jsonrpc: '1.0', method: 'ping', id: 1 }, { jsonrpc: '2.0' }, { jsonrpc: '2.0', id: 1 }, { jsonrpc: '2.0', id: 99999, result: {} },
  { jsonrpc: '2.0', id: '__proto__', result: { polluted: true } }, { jsonrpc: '2.0', id: null, error: null }, { jsonrpc: '2.0', id: 1, error: 'text' },
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'x'.repeat(1_000_000)].flatMap(method => [{ jsonrpc: '2.0', method }, { jsonrpc: '2.0', method, id: 7, params: { a: 1 } }]),
  ...[null, 5, [], {}, { method: 'x' }].map(method => ({ jsonrpc: '2.0', method, id: 8 })),
  ...[undefined, null, 5, 'text', [], { theme: 5 }, { theme: '"><script>canary()</script>' }, { styles: null }, { styles: { variables: { '--color-text-primary': 'url(http://192.0.2.1/a)', 'background': 'red', '__proto__': 'x' } } },
    { styles: { variables: 'text' } }, { toolInfo: { tool: null } }, { toolInfo: 'text' }, { containerDimensions: 'wide' }, { locale: 'xx-invalid-locale-xxxxxxxxx' }, { availableDisplayModes: 5 }].map(params => ({ jsonrpc: '2.0', method: 'ui/notifications/host-context-changed', params })),
  ...[undefined, null, 'text', { arguments: null }, { arguments: 'text' }, { arguments: { image: 5, images: 'text' } }].map(params => ({ jsonrpc: '2.0', method: 'ui/notifications/tool-input', params })),
  ...[undefined, null, 'text', {}, { reason: { a: 1 } }].map(params => ({ jsonrpc: '2.0', method: 'ui/notifications/tool-cancelled', params })),
];

const results = [
  undefined, null, 'text', 5, [], {}, { content: null }, { content: 'text' }, { content: [null, 5, 'text', {}, { type: 'text' }, { type: 'image' }, { type: 'text', text: 5 }] },
  { content: [{ type: 'text', text: '{"images":' }] }, { content: [{ type: 'text', text: '{"images":null}' }] },
  { content: [{ type: 'image', data: '"><script>canary()</script>', mimeType: 'text/html' }] }, { content: [{ type: 'image', data: 'PHN2ZyBvbmxvYWQ9ImNhbmFyeSgpIiB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=', mimeType: 'image/svg+xml' }] },
  ...[null, 'text', 5, [], { images: null }, { images: 'text' }, { images: {} }, { images: [null] }, { images: [5, 'text', {}, []] }, { images: [{ id: 5 }] }, { images: [{ id: '__proto__', uri: 'javascript:canary()', path: markup, width: 'wide', height: -1, bytes: NaN, n: {} }] },
    { job: null }, { job: 'text' }, { job: { status: 5 } }, { job: { status: markup, id: markup }, images: [] }, { jobs: 'text' }, { jobs: [null] }, { jobs: [{ id: {}, status: [], doing: 5, age_s: 'old', images: 'many', prompt: { a: 1 } }] },
    { board: null }, { board: 'text' }, { board: { id: markup } }, { board: { id: 5, panels: 'text' } }, { board: { id: 'board_x', panels: [null, 5, { panel: 'one', state: {}, image: 5 }] } },
    { total: 3, images: null }, { total: 3, images: [null, 5] }, { total: 1, images: [{ id: markup, prompt: { a: 1 }, created: 'never', made_from: 5 }], next_cursor: {}, inbox: [5, null] },
    { cost: 'free', images: [], warnings: 'text', failure: 5 }].map(structuredContent => ({ content: [{ type: 'text', text: markup }], structuredContent })),
];

suite('hostile', {}, test => {
  test('a prompt full of markup is text wherever it is shown', {}, async studio => {
    const { structuredContent } = await studio.show('generate_image', { prompt, count: 2 });
    await seePicture(studio);
    await pick(studio, 2);
    await expectNoForeignNodes(studio);
    await studio.show('list_images', {});
    await seePicture(studio);
    await expectNoForeignNodes(studio);
    await studio.show('create_storyboard', { title: markup, style: markup, panels: [{ action: prompt, caption: markup, dialogue: markup, camera: markup }, prompt] });
    await seePicture(studio);
    await seeText(studio, /canary\(\)/);
    await expectNoForeignNodes(studio);
    await studio.show('check_job', {});
    await seeText(studio, /canary\(\)/);
    await expectNoForeignNodes(studio);
    assert.equal(structuredContent.images.length, 2);
  });

  test('a picture with markup in its name, its texts and its EXIF is only a picture', { only: 'stdio' }, async studio => {
    await writeFile(path.join(studio.server.inbox, fileName), flatPng(640, 480, [30, 120, 200], chunks));
    const seen = await studio.show('view_image', { image: fileName });
    assert.ok(!seen.isError, seen.content[0].text);
    await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'open' });
    await seeText(studio, /quoted/);
    await expectNoForeignNodes(studio);
    await studio.show('list_images', {});
    await seePicture(studio);
    await expectNoForeignNodes(studio);
  });

  test('a picture of a hundred megapixels is shown, and looked at in small parts', { only: 'stdio' }, async studio => {
    await writeFile(path.join(studio.server.inbox, 'huge.png'), flatPng(10_000, 10_000, [128]));
    const seen = await studio.show('view_image', { image: 'huge.png' });
    assert.ok(!seen.isError, seen.content[0].text);
    const opened = await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'open' });
    assert.equal(opened.result.structuredContent.image.width, 10_000);
    await press(studio, /real pixels/i);
    const part = await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'part' });
    assert.ok(!part.result.isError, part.result.content?.[0]?.text);
    for (const { params } of studio.requests('tools/call', 'studio_action', 'part')) assert.ok(params.arguments.width * params.arguments.height < 4_000_000, JSON.stringify(params.arguments));
  });

  test('a host that talks nonsense changes nothing', { only: 'stdio' }, async studio => {
    const args = { prompt: 'a quiet harbour' };
    const result = await studio.show('generate_image', args);
    await seePicture(studio);
    for (const value of nonsense) await studio.tell('post', value);
    await studio.tell('ping');
    await expectNoForeignNodes(studio);
    await studio.tell('result', result);
    await seePicture(studio);
    assert.equal(await studio.frame.evaluate(() => ({}).polluted), undefined);
  });

  test('results of the wrong shape are survived, whoever sends them', { only: 'stdio' }, async studio => {
    const args = { prompt: 'a quiet harbour' };
    const result = await studio.show('generate_image', args);
    await seePicture(studio);
    for (const params of results) await studio.tell('post', { jsonrpc: '2.0', method: 'ui/notifications/tool-result', params });
    await studio.tell('ping');
    await expectNoForeignNodes(studio);
    await studio.tell('result', result);
    await seePicture(studio);
  });

  test('answers of the wrong shape to the page\'s own calls are survived', { only: 'stdio' }, async studio => {
    const args = { prompt: 'a quiet harbour' };
    const result = await studio.call('generate_image', args);
    const wrong = results.filter(value => value !== null && typeof value === 'object' && Array.isArray(value.content) && value.content.every(block => typeof block?.text === 'string'));
    for (const answer of wrong) {
      studio.intercept(async () => answer);
      await studio.showAgain('generate_image', args, result);
      await studio.tell('ping');
    }
    await expectNoForeignNodes(studio);
    studio.intercept((params, next) => next());
    await studio.showAgain('generate_image', args, result);
    await seePicture(studio);
  });
});
