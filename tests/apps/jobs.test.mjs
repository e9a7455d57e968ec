/** Jobs that run: seen, followed to their result, and cancelled, with words about what was saved. */
import assert from 'node:assert/strict';
import { patience } from './host/browser.mjs';
import { button, press, seePicture, seeText } from './host/steps.mjs';
import { suite } from './host/suite.mjs';

const settings = { GPTIMAGE2_SKETCH__DELAYSECONDS: '3', GPTIMAGE2_JOBS__WAITSECONDS: '1', GPTIMAGE2_JOBS__CONCURRENCY: '1' };

/** Waits until the first picture whose prompt has a word is in the store. */
async function untilSaved(studio, word) {
  for (let tries = 0; tries < patience / 100; tries++) {
    if ((await studio.make('studio_action', { action: 'list', query: word })).total > 0) return;
    await studio.page.waitForTimeout(100);
  }
  assert.fail('no picture was saved');
}

suite('jobs', { settings }, test => {
  test('a job that still runs is followed until its picture is there', {}, async studio => {
    const result = await studio.show('generate_image', { prompt: 'a slow snail' });
    assert.equal(result.structuredContent.job.status, 'running');
    await seeText(studio, /a slow snail/);
    await seePicture(studio);
    await press(studio, /use this one/i);
    assert.match(JSON.stringify((await studio.untilAsked('ui/update-model-context')).params), /img_/);
  });

  test('a job is cancelled, and the page says what was saved', {}, async studio => {
    const result = await studio.show('create_storyboard', { title: 'Slow snails', panels: [1, 2, 3, 4, 5, 6].map(lap => `steeplechase of snails, lap ${lap}`) });
    const { id } = result.structuredContent.job;
    await button(studio, /^cancel$/i).waitFor();
    await untilSaved(studio, 'steeplechase');
    await press(studio, /^cancel$/i);
    await press(studio, /^cancel the job$/i);
    const cancelled = await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'cancel' });
    assert.equal(cancelled.params.arguments.job, id);
    const { summary } = cancelled.result.structuredContent;
    assert.match(summary, /^Cancelled\. [1-5] panels? (was|were) drawn before and stays? on the board/);
    const [firstLine] = summary.split('\n');
    await seeText(studio, new RegExp(firstLine.trim().replace(/[^\p{L}\p{N}]+/gu, '[^\\p{L}\\p{N}]+'), 'u'));
    await studio.view.getByRole('button', { name: /^cancel$/i }).first().waitFor({ state: 'hidden' });
    const ended = await studio.make('studio_action', { action: 'job', job: id });
    assert.ok(['cancelled', 'partial'].includes(ended.job.status), ended.job.status);
  });

  test('all jobs are listed, those that run with a way to end them', {}, async studio => {
    const { job } = await studio.make('generate_image', { prompt: 'a snail in no hurry' });
    await studio.show('check_job', {});
    await seeText(studio, /a snail in no hurry/);
    await studio.view.getByRole('button', { name: /^cancel$/i }).first().waitFor();
    await studio.make('check_job', { job: job.id, cancel: true });
    await studio.view.getByRole('button', { name: /^cancel$/i }).first().waitFor({ state: 'hidden' });
  });
});
