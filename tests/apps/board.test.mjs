/** The storyboard: panels change places, words and versions, and one is drawn anew without touching the others. */
import assert from 'node:assert/strict';
import { button, seePicture } from './host/steps.mjs';
import { suite } from './host/suite.mjs';

const panels = ['a beach at dawn', 'a girl finds a kite', 'the kite rises', 'the kite is a dot'].map((action, index) => ({ action, caption: `Caption ${index + 1}` }));

const card = (studio, number) => studio.view.getByRole('listitem').filter({ has: studio.page.locator(`h2:text-is("Panel ${number}")`) });
const stateOf = async (studio, id) => (await studio.make('studio_action', { action: 'board', board: id })).board.panels;

async function openBoard(studio) {
  const { structuredContent: { board } } = await studio.show('create_storyboard', { title: 'The kite', panels });
  await seePicture(studio);
  await card(studio, 4).waitFor();
  return { id: board.id, before: await stateOf(studio, board.id) };
}

const updated = (studio, find) => studio.until(() => studio.requests('tools/call', 'update_storyboard').find(({ params }) => find(params.arguments)), 'update the board');

suite('board', {}, test => {
  test('a panel is moved by its button, and every picture stays the same', {}, async studio => {
    const { id, before } = await openBoard(studio);
    await button(studio, /move earlier: panel 3/i).click();
    const moved = await updated(studio, ({ order }) => order);
    assert.ok(!moved.result.isError, moved.result.content[0].text);
    const after = await stateOf(studio, id);
    assert.deepEqual(after.map(panel => panel.image), [0, 2, 1, 3].map(index => before[index].image));
    await card(studio, 2).getByText('the kite rises').waitFor();
  });

  test('a panel is moved by dragging its handle', {}, async studio => {
    const { id, before } = await openBoard(studio);
    const handle = await card(studio, 1).locator('.handle').boundingBox();
    const target = await card(studio, 3).boundingBox();
    await studio.page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
    await studio.page.mouse.down();
    await studio.page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 12 });
    await studio.page.mouse.up();
    await updated(studio, ({ order }) => order);
    const after = await stateOf(studio, id);
    assert.notDeepEqual(after.map(panel => panel.image), before.map(panel => panel.image));
    assert.deepEqual(after.map(panel => panel.image).toSorted(), before.map(panel => panel.image).toSorted());
  });

  test('a panel is drawn anew after its price was said, and the others are not', {}, async studio => {
    const { id, before } = await openBoard(studio);
    await card(studio, 2).getByRole('button', { name: /^redraw/i }).click();
    await card(studio, 2).getByRole('button', { name: /^draw it \(/i }).click();
    const drawn = await updated(studio, args => args.panels?.[0]?.redraw && !args.dry_run);
    assert.ok(!drawn.result.isError, drawn.result.content[0].text);
    const after = await stateOf(studio, id);
    assert.notEqual(after[1].image, before[1].image);
    assert.equal(after[1].versions.length, 2);
    for (const index of [0, 2, 3]) assert.equal(after[index].image, before[index].image);

    await card(studio, 2).getByRole('combobox', { name: /version/i }).selectOption('1');
    await updated(studio, args => args.panels?.[0]?.version === 1);
    assert.equal((await stateOf(studio, id))[1].image, before[1].image);
  });

  test('a caption is typed on the board, and no picture is drawn for it', {}, async studio => {
    const { id, before } = await openBoard(studio);
    const field = studio.view.getByRole('textbox', { name: /caption of panel 4/i });
    await field.fill('It is gone.');
    await field.press('Enter');
    await updated(studio, args => args.panels?.[0]?.caption === 'It is gone.');
    const after = await stateOf(studio, id);
    assert.equal(after[3].caption, 'It is gone.');
    assert.deepEqual(after.map(panel => panel.image), before.map(panel => panel.image));
  });

  test('a caption stays with its panel, though that is moved before it was saved', {}, async studio => {
    const { id, before } = await openBoard(studio);
    await studio.view.getByRole('textbox', { name: /caption of panel 3/i }).fill('It flies.');
    await button(studio, /move earlier: panel 3/i).click();
    await updated(studio, ({ order }) => order);
    await updated(studio, args => args.panels?.[0]?.caption === 'It flies.');
    const after = await stateOf(studio, id);
    assert.deepEqual(after.map(panel => panel.image), [0, 2, 1, 3].map(index => before[index].image));
    assert.deepEqual(after.map(panel => panel.caption), ['Caption 1', 'It flies.', 'Caption 2', 'Caption 4']);
  });
});
