/** The viewer: a set of pictures is looked at, one is chosen, marked, varied, handed to the user, and seen to the pixel. */
import assert from 'node:assert/strict';
import { fromDataUrl, readPng } from './host/png.mjs';
import { button, pick, press, seePicture } from './host/steps.mjs';
import { suite } from './host/suite.mjs';

const textOf = entry => entry.params.content.map(block => block.text).join('\n');

suite('viewer', {}, test => {
  test('of four pictures the third is chosen, and the model knows which', {}, async studio => {
    const { structuredContent: { images } } = await studio.show('generate_image', { prompt: 'four kites over a beach', count: 4 });
    await seePicture(studio);
    await pick(studio, 3);
    await press(studio, /use this one/i);
    const told = await studio.untilAsked('ui/update-model-context');
    assert.ok(textOf(told).includes(images[2].id), textOf(told));
    for (const image of [images[0], images[1], images[3]]) assert.ok(!textOf(told).includes(image.id), textOf(told));
    assert.deepEqual(studio.requests('ui/message'), []);
  });

  test('the strip is one stop of the keyboard, and arrows choose in it', { only: 'stdio' }, async studio => {
    const { structuredContent: { images } } = await studio.show('generate_image', { prompt: 'three boats', count: 3 });
    const options = studio.view.getByRole('option');
    await options.first().focus();
    await studio.page.keyboard.press('ArrowRight');
    await studio.page.keyboard.press('ArrowRight');
    assert.equal(await options.nth(2).getAttribute('aria-selected'), 'true');
    await press(studio, /use this one/i);
    assert.ok(textOf(await studio.untilAsked('ui/update-model-context')).includes(images[2].id));
  });

  test('a favourite is kept by the server, and found in the gallery', {}, async studio => {
    const { structuredContent: { images } } = await studio.show('generate_image', { prompt: 'two owls', count: 2 });
    await pick(studio, 2);
    await press(studio, /favourite/i);
    const kept = await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'favourite' });
    assert.deepEqual([kept.result.structuredContent.id, kept.result.structuredContent.favourite], [images[1].id, true]);
    await studio.view.getByRole('button', { name: /favourite/i, pressed: true }).waitFor();
    const listed = await studio.make('studio_action', { action: 'list', favourites: true });
    assert.ok(listed.images.some(image => image.id === images[1].id));
  });

  test('variations are asked for in the chat, where the model can speak of number and price', { only: 'stdio' }, async studio => {
    const { structuredContent: { images: [image] } } = await studio.show('generate_image', { prompt: 'an old well' });
    await press(studio, /vary/i);
    const said = await studio.untilAsked('ui/message');
    assert.ok(textOf(said).includes(image.id));
    assert.deepEqual(studio.requests('tools/call', 'generate_image'), []);
  });

  test('the file is handed to the user through the host', {}, async studio => {
    const { structuredContent: { images: [image] } } = await studio.show('generate_image', { prompt: 'a paper boat' });
    await press(studio, /download/i);
    const [content] = (await studio.untilAsked('ui/download-file')).params.contents;
    if (content.type === 'resource_link') assert.equal(content.uri, image.download_url);
    else assert.equal(Buffer.from(content.resource.blob, 'base64').length, image.bytes);
  });

  test('real pixels are the picture\'s own, bit for bit', {}, async studio => {
    const { structuredContent: { images: [image] } } = await studio.show('generate_image', { prompt: 'a net of fine lines' });
    await seePicture(studio);
    await press(studio, /real pixels/i);
    const answered = await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'part' });
    const part = answered.result.structuredContent;
    assert.equal(part.exact, true);
    const { contents: [file] } = await studio.server.client.readResource({ uri: image.uri });
    const [whole, shown] = [readPng(Buffer.from(file.blob, 'base64')), await decodeInBrowser(studio, part.data)];
    assert.deepEqual([shown.width, shown.height], [part.width, part.height]);
    for (let y = 0; y < part.height; y++) {
      for (let x = 0; x < part.width; x++) {
        const from = ((part.y + y) * whole.width + part.x + x) * whole.channels;
        const to = (y * shown.width + x) * 4;
        for (let channel = 0; channel < 3; channel++) if (whole.pixels[from + channel] !== shown.pixels[to + channel]) assert.fail(`pixel ${x},${y} of the part differs`);
      }
    }
    await button(studio, /fit/i).waitFor();
  });

  test('what is transparent lies on a background of the user\'s choice', { only: 'stdio' }, async studio => {
    await studio.show('generate_image', { prompt: 'a mug', cutout: true });
    await seePicture(studio);
    await studio.view.getByRole('combobox', { name: /background/i }).selectOption('black');
    await seePicture(studio);
  });
});

async function decodeInBrowser(studio, url) {
  if (url.startsWith('data:image/png')) {
    const { width, height, channels, pixels } = readPng(fromDataUrl(url));
    const rgba = Buffer.alloc(width * height * 4, 255);
    for (let at = 0; at < width * height; at++) pixels.copy(rgba, at * 4, at * channels, at * channels + 3);
    return { width, height, pixels: rgba };
  }
  const { width, height, base64 } = await studio.frame.evaluate(async address => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d', { colorSpace: 'srgb' });
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let text = '';
    for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
    return { width: canvas.width, height: canvas.height, base64: btoa(text) };
  }, url);
  return { width, height, pixels: Buffer.from(base64, 'base64') };
}
