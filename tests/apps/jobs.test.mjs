/** Jobs that run: seen, followed to their result, and cancelled, with words about what was saved. */
import assert from 'node:assert/strict';
import { press, seePicture, seeText } from './host/steps.mjs';
import { suite } from './host/suite.mjs';

const settings = { GPTIMAGE2_SKETCH__DELAYSECONDS: '3', GPTIMAGE2_JOBS__WAITSECONDS: '1', GPTIMAGE2_JOBS__CONCURRENCY: '1' };

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
    const result = await studio.show('generate_image', { prompt: 'three slow snails', count: 3 });
    const { id } = result.structuredContent.job;
    await press(studio, /^cancel$/i);
    await press(studio, /^cancel the job$/i);
    const cancelled = await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'cancel' });
    assert.equal(cancelled.params.arguments.job, id);
    const summary = cancelled.result.structuredContent.summary;
    assert.match(summary, /cancel/i);
    const words = summary.split('\n')[0].trim().split(/\s+/).slice(0, 4).map(word => word.replace(/[^\p{L}\p{N}]/gu, '.')).join('\\s+');
    await seeText(studio, new RegExp(words, 'i'));
    const ended = await studio.until(() => studio.requests('tools/call', 'studio_action').find(entry => ['cancelled', 'partial'].includes(entry.result?.structuredContent?.job?.status)), 'see the job end');
    assert.ok(ended);
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
