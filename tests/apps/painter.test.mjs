/** The painter: a region is marked by mouse, keyboard or numbers, seen as the server sees it, and only it is changed. */
import assert from 'node:assert/strict';
import { patience } from './host/browser.mjs';
import { fromDataUrl, readPng } from './host/png.mjs';
import { button, drag, pictureBox, press, seePicture, textOf } from './host/steps.mjs';
import { suite } from './host/suite.mjs';

const prompt = 'a small wooden rowing boat';
const stroke = [[0.3, 0.35], [0.45, 0.5], [0.6, 0.4]];

async function openPainter(studio) {
  const { structuredContent: { images: [image] } } = await studio.show('generate_image', { prompt: 'a lake at noon', fresh: true });
  await seePicture(studio);
  await press(studio, /edit a region/i);
  await studio.view.getByRole('button', { name: 'Brush' }).waitFor();
  await seePicture(studio);
  return image;
}

const dryRuns = studio => studio.requests('tools/call', 'inpaint_region').filter(({ params }) => params.arguments.dry_run);
const percentOf = planned => (planned.result.structuredContent.region.coverage * 100).toFixed(1);

/**
 * The answer to a dry run after the first `past` of them that is shown: who paints slowly has parts of a stroke asked about as well.
 */
async function untilPlanned(studio, past = 0) {
  for (let tries = 0; tries < patience / 100; tries++) {
    const shown = /([\d.]+) % of the image/.exec(await textOf(studio))?.[1];
    const found = dryRuns(studio).slice(past).findLast(planned => !planned.result?.isError && percentOf(planned) === shown);
    if (found) return found;
    await studio.page.waitForTimeout(100);
  }
  assert.fail(`no dry run is shown as "… % of the image": ${await textOf(studio)}`);
}

const untilChanged = studio => studio.until(
  () => studio.requests('tools/call', 'inpaint_region').find(({ params }) => !params.arguments.dry_run), 'have the region changed');

const readImage = async (studio, uri) => {
  const { contents: [file] } = await studio.server.client.readResource({ uri });
  return readPng(Buffer.from(file.blob, 'base64'));
};

/** How many pixels differ where the mask is black, and where it is white. */
function compare(before, after, mask) {
  assert.deepEqual([after.width, after.height, after.channels], [before.width, before.height, before.channels]);
  const counts = { outside: 0, inside: 0, marked: 0 };
  for (let at = 0; at < mask.pixels.length; at++) {
    const from = at * before.channels;
    const same = before.pixels.compare(after.pixels, from, from + before.channels, from, from + before.channels) === 0;
    if (mask.pixels[at]) counts.marked++;
    if (!same) counts[mask.pixels[at] ? 'inside' : 'outside']++;
  }
  return counts;
}

suite('painter', {}, test => {
  test('a painted stroke is seen as the server sees it, changed, compared, and nothing else is touched', {}, async studio => {
    const image = await openPainter(studio);
    await drag(studio, await pictureBox(studio), stroke);
    const planned = await untilPlanned(studio);
    assert.equal(planned.result.structuredContent.job.status, 'planned');
    const { coverage } = planned.result.structuredContent.region;
    const seen = pressed => studio.view.getByRole('button', { name: /as the server sees it/i, pressed }).waitFor();
    await seen(true);
    await press(studio, /as the server sees it/i);
    await seen(false);
    await press(studio, /as the server sees it/i);
    await seen(true);

    await studio.view.getByRole('textbox', { name: /what should be there/i }).fill(prompt);
    await press(studio, /^change it/i);
    const changed = await untilChanged(studio);
    assert.ok(!changed.result.isError, changed.result.content[0].text);
    const { images: [result] } = changed.result.structuredContent;
    const mask = readPng(fromDataUrl(changed.params.arguments.mask));
    assert.deepEqual([mask.width, mask.height, mask.channels], [image.width, image.height, 1]);
    const counts = compare(await readImage(studio, image.uri), await readImage(studio, result.uri), mask);
    assert.equal(counts.outside, 0, 'pixels outside the stroke are the original\'s');
    assert.ok(counts.inside > 100, `${counts.inside} pixels of the stroke changed`);
    assert.ok(Math.abs(counts.marked / mask.pixels.length - coverage) < 0.01, `the mask covers ${counts.marked / mask.pixels.length}, the server says ${coverage}`);

    const compareButton = button(studio, /^compare/i);
    await compareButton.waitFor();
    if (await studio.view.getByRole('slider', { name: /before/i }).count() === 0) await compareButton.click();
    const slider = studio.view.getByRole('slider', { name: /before/i });
    await slider.focus();
    const place = await slider.getAttribute('aria-valuenow');
    await studio.page.keyboard.press('ArrowRight');
    assert.notEqual(await slider.getAttribute('aria-valuenow'), place);
    const told = studio.requests('ui/update-model-context').map(({ params }) => JSON.stringify(params)).join();
    assert.ok(told.includes(result.id), 'the model knows of the new picture');
  });

  test('the mask is handed to the assistant, who then names it', { only: 'stdio' }, async studio => {
    const image = await openPainter(studio);
    await drag(studio, await pictureBox(studio), stroke);
    await untilPlanned(studio);
    await press(studio, /leave it to the assistant/i);
    const said = await studio.untilAsked('ui/message');
    const kept = (await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'keep_mask' })).result.structuredContent.mask;
    const words = said.params.content[0].text;
    assert.ok(words.includes(image.id) && words.includes(kept), words);
    const planned = await studio.make('inpaint_region', { image: image.id, mask: kept, prompt, dry_run: true });
    assert.equal(planned.job.status, 'planned');
  });

  test('a stroke is undone, redone and cleared, and what is asked follows', { only: 'stdio' }, async studio => {
    await openPainter(studio);
    await drag(studio, await pictureBox(studio), stroke);
    const first = await untilPlanned(studio);
    let past = dryRuns(studio).length;
    await drag(studio, await pictureBox(studio), [[0.2, 0.8], [0.4, 0.8]]);
    const second = await untilPlanned(studio, past);
    assert.ok(second.result.structuredContent.region.coverage > first.result.structuredContent.region.coverage);
    past = dryRuns(studio).length;
    await press(studio, /^undo/i);
    const third = await untilPlanned(studio, past);
    assert.equal(third.params.arguments.mask, first.params.arguments.mask);
    past = dryRuns(studio).length;
    await press(studio, /^redo/i);
    const fourth = await untilPlanned(studio, past);
    assert.equal(fourth.params.arguments.mask, second.params.arguments.mask);
    await press(studio, /^clear/i);
    await studio.view.getByRole('button', { name: /^change it/i, disabled: true }).waitFor();
  });

  test('all but the subject is marked, and the server takes the paint for what changes', {}, async studio => {
    await openPainter(studio);
    await drag(studio, await pictureBox(studio), stroke);
    await untilPlanned(studio);
    await press(studio, /^invert/i);
    const planned = await untilPlanned(studio, 1);
    assert.ok(!planned.result.isError, planned.result.content[0].text);
    assert.ok(planned.result.structuredContent.region.coverage > 0.9);
  });

  test('a rectangle is marked without a pointer', { only: 'stdio' }, async studio => {
    const image = await openPainter(studio);
    await studio.view.getByText('Mark by numbers').click();
    for (const [name, value] of [['Left', '100'], ['Top', '200'], ['Width', '300'], ['Height', '50']]) {
      await studio.view.getByRole('spinbutton', { name, exact: true }).fill(value);
    }
    await studio.view.getByRole('button', { name: 'Mark', exact: true }).click();
    const planned = await untilPlanned(studio);
    const mask = readPng(fromDataUrl(planned.params.arguments.mask));
    const marked = [];
    for (let at = 0; at < mask.pixels.length; at++) if (mask.pixels[at]) marked.push([at % image.width, Math.floor(at / image.width)]);
    assert.equal(marked.length, 300 * 50);
    assert.deepEqual([marked[0], marked.at(-1)], [[100, 200], [399, 249]]);
  });

  for (const tool of ['Rectangle', 'Lasso', 'Colour']) {
    test(`the tool ${tool} marks something`, { only: 'stdio' }, async studio => {
      await openPainter(studio);
      await press(studio, new RegExp(`^${tool}`));
      const box = await pictureBox(studio);
      if (tool === 'Colour') await studio.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      else await drag(studio, box, [[0.4, 0.4], [0.6, 0.42], [0.6, 0.6], [0.42, 0.6]]);
      const planned = await untilPlanned(studio);
      assert.ok(planned.result.structuredContent.region.coverage > 0.001, planned.result.content[0].text);
    });
  }
});
