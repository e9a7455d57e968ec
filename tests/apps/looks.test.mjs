/** Every view in light and dark, wide and narrow: nothing serious for a screen reader, nothing cut off; and a screenshot of each. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { button, drag, pictureBox, press, seePicture, seeText } from './host/steps.mjs';
import { suite } from './host/suite.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const context = { availableDisplayModes: ['inline', 'fullscreen'] };
const region = [{ shape: 'rectangle', x: 0.3, y: 0.3, width: 0.3, height: 0.3 }];

/** How each view comes to be seen. */
const views = {
  async viewer(studio) {
    await studio.show('generate_image', { prompt: 'four kites over a beach', count: 4 });
  },
  async compare(studio) {
    const { images: [image] } = await studio.make('generate_image', { prompt: 'a meadow' });
    await studio.show('inpaint_region', { image: image.id, prompt: 'a balloon', region });
    await press(studio, /^compare/i);
    await studio.view.getByRole('slider').waitFor();
  },
  async painter(studio) {
    await studio.show('generate_image', { prompt: 'a lake at noon' });
    await press(studio, /edit a region/i);
    await studio.view.getByRole('button', { name: 'Brush' }).waitFor();
    await seePicture(studio);
    await drag(studio, await pictureBox(studio), [[0.3, 0.35], [0.45, 0.5], [0.6, 0.4]]);
    await studio.untilAsked('tools/call', { tool: 'inpaint_region' });
    await seeText(studio, /\d %/);
  },
  async gallery(studio) {
    for (const prompt of ['a green dragon', 'a blue teapot']) await studio.make('generate_image', { prompt, count: 2 });
    await studio.show('list_images', {});
    await button(studio, /open: .*teapot/i).waitFor();
    await studio.view.getByRole('checkbox').first().check();
  },
  async storyboard(studio) {
    const panels = [{ action: 'a beach at dawn', shot: 'WS', duration: 4, caption: 'Morning.' }, { action: 'a girl finds a kite', dialogue: 'GIRL: Whose are you?' }, 'the kite rises'];
    await studio.show('create_storyboard', { title: 'The kite', panels });
  },
};

const slowViews = {
  async jobs(studio) {
    await studio.show('generate_image', { prompt: 'a slow snail on a long way' });
    await button(studio, /^cancel$/i).waitFor();
  },
};

/** The host has given the page the height that it asked for. */
const settle = studio => studio.frame.waitForFunction(() => innerHeight >= Math.floor(document.body.getBoundingClientRect().height), undefined, { polling: 100 });

async function findFaults(studio) {
  await studio.frame.evaluate(axe);
  const { violations } = await studio.frame.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary.split('\n').slice(1).join(' ').trim()}`));
}

/** How many pixels one would have to scroll sideways. */
const overhangOf = studio => studio.frame.evaluate(() => document.documentElement.scrollWidth - innerWidth);

async function look(studio, name) {
  const faults = [];
  for (const theme of ['light', 'dark']) {
    for (const width of [900, 320]) {
      await studio.page.setViewportSize({ width, height: 900 });
      await studio.setContext({ theme });
      await studio.frame.waitForFunction(wanted => document.documentElement.dataset.theme === wanted, theme, { polling: 100 });
      await settle(studio);
      const where = `${name}-${theme}-${width}`;
      await studio.page.locator('#app').screenshot({ path: `${process.env.GPTIMAGE2_APPS_SCREENSHOTS}/${where}.png` });
      // Contrast depends on the theme, crowding on the width: two of the four find all.
      if ((theme === 'light') === (width === 900)) faults.push(...(await findFaults(studio)).map(fault => `${where}: ${fault}`));
      const overhang = await overhangOf(studio);
      if (overhang > 0) faults.push(`${where}: ${overhang} pixels wider than the page`);
    }
  }
  assert.deepEqual(faults, []);
}

const declare = shown => test => {
  for (const [name, open] of Object.entries(shown)) {
    test(`the ${name} can be read by everyone, and is whole at any width`, { context }, async studio => {
      await open(studio);
      if (name !== 'jobs') await seePicture(studio);
      await look(studio, name);
    });
  }
};

suite('looks', { transports: ['stdio'] }, declare(views));
suite('looks of jobs', { transports: ['stdio'], settings: { GPTIMAGE2_SKETCH__DELAYSECONDS: '60', GPTIMAGE2_JOBS__WAITSECONDS: '1', GPTIMAGE2_JOBS__DRAINSECONDS: '0' } }, declare(slowViews));
