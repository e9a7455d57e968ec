/** The gallery: everything that was made, searched, marked, paged and opened. */
import assert from 'node:assert/strict';
import { button, press, seePicture } from './host/steps.mjs';
import { suite } from './host/suite.mjs';

suite('gallery', {}, test => {
  test('pictures are searched, marked, and opened', {}, async studio => {
    for (const prompt of ['a green dragon', 'a blue teapot', 'a yellow submarine']) await studio.make('generate_image', { prompt });
    await studio.show('list_images', {});
    await seePicture(studio);
    await button(studio, /yellow submarine/i).waitFor();
    await studio.view.getByRole('searchbox').fill('teapot');
    await button(studio, /yellow submarine/i).waitFor({ state: 'detached' });
    await button(studio, /open: .*blue teapot/i).waitFor();

    await press(studio, /^favourite$/i);
    const kept = await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'favourite' });
    assert.equal(kept.result.structuredContent.favourite, true);
    await studio.view.getByRole('searchbox').fill('');
    await button(studio, /yellow submarine/i).waitFor();
    await press(studio, /favourites/i);
    await button(studio, /yellow submarine/i).waitFor({ state: 'detached' });
    await button(studio, /open: .*blue teapot/i).click();
    await button(studio, /use this one/i).waitFor();
    await press(studio, /^back$/i);
    await button(studio, /open: .*blue teapot/i).waitFor();
  });

  test('many pictures come a page at a time', { only: 'stdio' }, async studio => {
    for (let batch = 0; batch < 3; batch++) await studio.make('generate_image', { prompt: `a page of kites, number ${batch}`, count: 9 });
    await studio.show('list_images', { limit: 10 });
    const cards = studio.view.getByRole('button', { name: /^open: /i });
    await cards.first().waitFor();
    const first = await cards.count();
    await press(studio, /^more$/i);
    await studio.frame.waitForFunction(count => document.querySelectorAll('button[aria-label^="Open: "]').length > count, first, { polling: 100 });
    const names = await cards.count();
    assert.ok(names >= 27, `${names} pictures of at least 27`);
  });
});
