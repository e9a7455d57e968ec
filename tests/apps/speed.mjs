/** Measures a photograph of 24 megapixels on this machine, and judges nothing: ./run speed. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { closeBrowser, launchBrowser, openTab } from './host/browser.mjs';
import { openServer } from './host/server.mjs';
import { button, drag, pictureBox, press, seePicture } from './host/steps.mjs';
import { withStudio } from './host/studio.mjs';

const [width, height] = [6000, 4000];
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Runs in a page: a photograph as far as its size goes, soft colours under the noise of a sensor. */
async function drawPhotograph([across, down]) {
  const canvas = new OffscreenCanvas(across, down);
  const context = canvas.getContext('2d');
  for (let spot = 0; spot < 60; spot++) {
    const [x, y, radius] = [Math.random() * across, Math.random() * down, 300 + Math.random() * 1500];
    const gradient = context.createRadialGradient(x, y, 0, x, y, radius);
    gradient.addColorStop(0, `hsl(${Math.random() * 360} 60% 55% / 0.8)`);
    gradient.addColorStop(1, 'transparent');
    context.fillStyle = gradient;
    context.fillRect(0, 0, across, down);
  }
  const noise = new ImageData(512, 512);
  for (let at = 0; at < noise.data.length; at += 4) noise.data.set([Math.random() * 255, Math.random() * 255, Math.random() * 255, 40], at);
  const tile = new OffscreenCanvas(512, 512);
  tile.getContext('2d').putImageData(noise, 0, 0);
  for (let y = 0; y < down; y += 512) for (let x = 0; x < across; x += 512) context.drawImage(tile, x, y);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  const reader = new FileReader();
  const done = new Promise(resolve => { reader.onload = resolve; });
  reader.readAsDataURL(blob);
  await done;
  return reader.result.slice(reader.result.indexOf(',') + 1);
}

async function makePhotograph(file) {
  const tab = await openTab(100);
  const bytes = Buffer.from(await tab.page.evaluate(drawPhotograph, [width, height]), 'base64');
  await tab.close();
  await writeFile(file, bytes);
  console.log(`a JPEG of ${width}x${height}, ${(bytes.length / 1e6).toFixed(1)} MB`);
}

/** Runs in the page: notes when the result arrives, when a picture is first drawn for the eye, and every task that is long. */
function plantClocks() {
  window.clocks = { tasks: [] };
  const note = name => { window.clocks[name] ??= performance.now(); };
  addEventListener('message', ({ data }) => {
    if (data?.method === 'ui/notifications/tool-result') note('result');
  }, true);
  const { drawImage } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.drawImage = function draw(...args) {
    drawImage.apply(this, args);
    if (window.clocks.result && this.canvas.isConnected) requestAnimationFrame(() => note('drawn'));
  };
  new PerformanceObserver(list => window.clocks.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })))).observe({ type: 'longtask', buffered: true });
}

const tasksSince = (studio, start) => studio.frame.evaluate(from => window.clocks.tasks.filter(task => task.startTime >= from).map(task => Math.round(task.duration)), start);
const now = studio => studio.frame.evaluate(() => performance.now());

/** The renderer that is busy when the page is. */
async function findRenderer(studio) {
  const session = await (await launchBrowser()).newBrowserCDPSession();
  const list = async () => (await session.send('SystemInfo.getProcessInfo')).processInfo.filter(({ type }) => type === 'renderer');
  const before = new Map((await list()).map(({ id, cpuTime }) => [id, cpuTime]));
  await studio.frame.evaluate(() => { for (const end = performance.now() + 500; performance.now() < end;) Math.random(); });
  const busy = (await list()).map(({ id, cpuTime }) => ({ id, time: cpuTime - (before.get(id) ?? 0) })).toSorted((one, other) => other.time - one.time);
  return busy[0].id;
}

async function memoryOf(pid) {
  const read = async (file, name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(await readFile(`/proc/${pid}/${file}`, 'utf8'))[1]) / 1024;
  const [pss, anonymous, peak] = await Promise.all([read('smaps_rollup', 'Pss'), read('status', 'RssAnon'), read('status', 'VmHWM')]);
  return `Pss ${pss.toFixed(0)} MB, RssAnon ${anonymous.toFixed(0)} MB, at most ${peak.toFixed(0)} MB resident`;
}

const list = tasks => tasks.length ? `${tasks.length} over 50 ms: ${tasks.join(', ')}` : 'none over 50 ms';

async function measure(studio) {
  const args = { image: 'photo.jpg' };
  const result = await studio.call('view_image', args);
  await studio.load('view_image');
  await studio.input(args);
  await studio.frame.evaluate(plantClocks);
  const renderer = await findRenderer(studio);
  console.log(`memory of the page, empty: ${await memoryOf(renderer)}`);
  const start = await now(studio);
  await studio.give(result);
  await studio.frame.waitForFunction(() => window.clocks.drawn, undefined, { polling: 100 });
  const { result: arrived, drawn } = await studio.frame.evaluate(() => window.clocks);
  console.log(`first view after the result was handed over: ${(drawn - arrived).toFixed(0)} ms (wanted: 300)`);
  await pause(2000);
  console.log(`tasks until then: ${list(await tasksSince(studio, start))}`);

  await press(studio, /real pixels/i);
  await studio.untilAsked('tools/call', { tool: 'studio_action', action: 'part' });
  await pause(3000);
  const box = await pictureBox(studio);
  const panning = await now(studio);
  for (let turn = 0; turn < 6; turn++) await drag(studio, box, turn % 2 ? [[0.2, 0.2], [0.8, 0.8], [0.2, 0.7]] : [[0.8, 0.8], [0.2, 0.2], [0.7, 0.3]]);
  await pause(2000);
  console.log(`tasks while it was dragged about at real pixels: ${list(await tasksSince(studio, panning))} (wanted: none)`);
  console.log(`parts that were fetched: ${studio.requests('tools/call', 'studio_action', 'part').length}`);
  console.log(`memory of the page with the photograph: ${await memoryOf(renderer)} (wanted: 200)`);

  if (await button(studio, /edit a region/i).isVisible()) await measurePainting(studio, renderer);
}

async function measurePainting(studio, renderer) {
  await press(studio, /edit a region/i);
  await studio.view.getByRole('button', { name: 'Brush' }).waitFor();
  await seePicture(studio);
  const painting = await now(studio);
  const box = await pictureBox(studio);
  for (const y of [0.3, 0.5, 0.7]) await drag(studio, box, [[0.2, y], [0.5, y + 0.1], [0.8, y]]);
  await studio.untilAsked('tools/call', { tool: 'inpaint_region' });
  console.log(`tasks while strokes were painted on it: ${list(await tasksSince(studio, painting))}`);
  console.log(`memory of the page with the mask: ${await memoryOf(renderer)} (wanted: 200)`);
}

const server = await openServer('speed', 'stdio');
await makePhotograph(path.join(server.inbox, 'photo.jpg'));
try {
  await withStudio(server, { file: 'speed' }, measure);
} finally {
  await server.close();
  await closeBrowser();
}
