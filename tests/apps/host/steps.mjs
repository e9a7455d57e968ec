/** What a user does and sees, in every view. */
import assert from 'node:assert/strict';
import { patience } from './browser.mjs';

/** Runs in the page: whether there is a picture to be seen, drawn on a canvas or as an image. */
function hasPicture() {
  const isSeen = element => element.getClientRects().length > 0 && element.getBoundingClientRect().width > 30;
  const hasColours = canvas => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length && colours.size < 12; at += 4 * 97) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return colours.size >= 12;
  };
  return [...document.images].some(image => isSeen(image) && image.naturalWidth > 1)
    || [...document.querySelectorAll('canvas')].some(canvas => isSeen(canvas) && canvas.width > 30 && hasColours(canvas));
}

export async function seePicture(studio) {
  await studio.frame.waitForFunction(hasPicture, undefined, { timeout: patience, polling: 100 });
}

/** A button by its name, as a pattern. */
export const button = (studio, name) => studio.view.getByRole('button', { name }).first();

export async function press(studio, name) {
  await button(studio, name).click();
}

/** Picks one of several pictures in the strip, by its number. */
export async function pick(studio, number) {
  await studio.view.getByRole('option', { name: `Image ${number}`, exact: true }).click();
}

export const textOf = studio => studio.frame.evaluate(() => document.body.innerText);

/** Waits until the page shows a text. */
export async function seeText(studio, pattern) {
  await studio.frame.waitForFunction(([source, flags]) => new RegExp(source, flags).test(document.body.innerText), [pattern.source, pattern.flags], { timeout: patience, polling: 100 });
}

export async function seeNoAlarm(studio) {
  const alarms = await studio.view.getByRole('alert').allInnerTexts();
  assert.deepEqual(alarms.filter(text => text.trim() !== ''), []);
}

/** Where the large picture is on the screen. */
export async function pictureBox(studio, name = /.*/) {
  const picture = studio.view.locator('canvas:visible').and(studio.view.getByRole('img', { name }).or(studio.view.getByRole('application', { name }))).first();
  await picture.waitFor();
  await picture.scrollIntoViewIfNeeded();
  return picture.boundingBox();
}

/** Drags the mouse over points given as fractions of a box. */
export async function drag(studio, box, points) {
  const at = ([x, y]) => [box.x + box.width * x, box.y + box.height * y];
  await studio.page.mouse.move(...at(points[0]));
  await studio.page.mouse.down();
  for (const point of points.slice(1)) await studio.page.mouse.move(...at(point), { steps: 8 });
  await studio.page.mouse.up();
}
