/** Hosts differ, and change while the page is shown: themes, what they can, reloads, results without structure, failures. */
import assert from 'node:assert/strict';
import { suite } from './host/suite.mjs';
import { everything } from './host/studio.mjs';
import { pick, press, seeNoAlarm, seePicture, seeText, textOf } from './host/steps.mjs';

const prompt = 'a red lighthouse in the fog';
const without = (...names) => Object.fromEntries(Object.entries(everything).filter(([name]) => !names.includes(name)));

/** How bright the page's words are, 0 to 255. */
const brightnessOfText = studio => studio.frame.evaluate(() => {
  const [red, green, blue] = getComputedStyle(document.querySelector('h1') ?? document.body).color.match(/\d+(\.\d+)?/g).map(Number);
  return (red * 2 + green * 5 + blue) / 8;
});

/** No button does nothing: each either leads somewhere or is not there. */
async function pressEverything(studio) {
  const names = await studio.view.getByRole('button').evaluateAll(buttons => buttons.filter(one => one.getClientRects().length && !one.disabled).map(one => one.ariaLabel ?? one.textContent));
  for (const name of names) {
    const one = studio.view.getByRole('button', { name, exact: true }).first();
    if (!await one.isVisible()) continue;
    await one.click();
    await seeNoAlarm(studio);
  }
  return names;
}

suite('host', {}, test => {
  test('the page answers a ping and its end, and the sizes that it tells settle', { only: 'stdio' }, async studio => {
    await studio.show('generate_image', { prompt });
    await seePicture(studio);
    await studio.tell('ping');
    await studio.until(() => studio.requests('size-changed').some(({ params }) => params.height > 300), 'tell that it became higher');
    assert.ok(studio.requests('size-changed').at(-1).params.height < 4000, 'is no higher than its content');
    await studio.page.setViewportSize({ width: 400, height: 900 });
    await studio.until(() => studio.requests('size-changed').some(({ params }) => params.width === 400), 'tell its size after the window changed');
    await studio.page.waitForTimeout(1000);
    const told = studio.requests('size-changed').length;
    await studio.page.waitForTimeout(500);
    assert.equal(studio.requests('size-changed').length, told, 'the page keeps changing its size');
    await studio.tell('teardown');
  });

  test('the theme and the colours follow the host', { only: 'stdio' }, async studio => {
    await studio.show('generate_image', { prompt });
    await seePicture(studio);
    const light = await brightnessOfText(studio);
    await studio.setContext({ theme: 'dark' });
    await studio.frame.waitForFunction(() => document.documentElement.dataset.theme === 'dark', undefined, { polling: 100 });
    assert.ok(await brightnessOfText(studio) > 150 && light < 100, `${light} in the light, then ${await brightnessOfText(studio)}`);
    await studio.setContext({ styles: { variables: { '--color-text-primary': 'rgb(250, 240, 1)' } } });
    await studio.frame.waitForFunction(() => getComputedStyle(document.body).color === 'rgb(250, 240, 1)', undefined, { polling: 100 });
  });

  test('after a reload the view is there again', {}, async studio => {
    const args = { prompt, count: 2 };
    const result = await studio.show('generate_image', args);
    await seePicture(studio);
    await studio.showAgain('generate_image', args, result);
    await seePicture(studio);
    await pick(studio, 2);
    await press(studio, /use this one/i);
    const told = await studio.untilAsked('ui/update-model-context');
    assert.ok(JSON.stringify(told.params).includes(result.structuredContent.images[1].id));
  });

  test('a host that passes on no calls shows the picture, and no button that needs them', { only: 'stdio', capabilities: without('serverTools', 'serverResources') }, async studio => {
    await studio.show('generate_image', { prompt });
    await seePicture(studio);
    const names = await pressEverything(studio);
    assert.ok(!names.some(name => /edit a region|favourite/i.test(name)), names.join(', '));
    assert.deepEqual(studio.requests('tools/call'), []);
  });

  test('a host that takes nothing shows the picture, and no dead button', { only: 'stdio', capabilities: {} }, async studio => {
    await studio.show('generate_image', { prompt, count: 3 });
    await seePicture(studio);
    const names = await pressEverything(studio);
    assert.ok(!names.some(name => /use this one|vary|edit a region|favourite|download/i.test(name)), names.join(', '));
    assert.deepEqual(studio.asked.filter(({ kind }) => kind !== 'size-changed'), []);
  });

  test('a host that has no context for the model is told in the chat', { only: 'stdio', capabilities: without('updateModelContext') }, async studio => {
    const { structuredContent } = await studio.show('generate_image', { prompt, count: 2 });
    await pick(studio, 2);
    await press(studio, /use this one/i);
    const said = await studio.untilAsked('ui/message');
    assert.ok(JSON.stringify(said.params).includes(structuredContent.images[1].id));
    assert.deepEqual(studio.requests('ui/update-model-context'), []);
  });

  test('a host that passes on no structured content shows the picture', { toolInfo: false }, async studio => {
    const { structuredContent, ...bare } = await studio.call('view_image', { image: (await studio.make('generate_image', { prompt })).images[0].id });
    await studio.showAgain('view_image', { image: 'last' }, bare);
    await seePicture(studio);
    await studio.showAgain('generate_image', { prompt }, { content: [{ type: 'text', text: 'Made.' }, { type: 'text', text: JSON.stringify(await studio.make('generate_image', { prompt, fresh: true })) }] });
    await seePicture(studio);
  });

  test('view_image is shown although its result has no structure', {}, async studio => {
    const { images: [image] } = await studio.make('generate_image', { prompt });
    await studio.show('view_image', { image: image.id });
    await seePicture(studio);
    const opened = await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'open' });
    assert.equal(opened.result.structuredContent.image.id, image.id);
  });

  test('a failure and a cancelled call are said in words', {}, async studio => {
    const failed = await studio.show('generate_image', { prompt, width: 5000, height: 5000 });
    assert.ok(failed.isError);
    await seeText(studio, /5000/);
    await studio.load('generate_image');
    await studio.input({ prompt });
    await studio.tell('cancelled', 'the user changed their mind');
    await seeText(studio, /changed their mind/);
    assert.doesNotMatch(await textOf(studio), /undefined|\[object|NaN/);
  });
});
