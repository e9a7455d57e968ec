/** The browser, one for each file of tests, and a tab of it whose every word and request is recorded. */
import { chromium } from 'playwright-core';

let launched;

/** Longer than anything takes on a slow machine: nothing is judged by its time. */
export const patience = 1000 * Number(process.env.GPTIMAGE2_APPS_PATIENCE ?? 60);

export function launchBrowser() {
  launched ??= chromium.launch({ executablePath: process.env.GPTIMAGE2_APPS_BROWSER, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
  return launched;
}

export async function closeBrowser() {
  await (await launched)?.close();
  launched = undefined;
}

/** In every frame: what hostile text calls if it is ever run. */
function plantCanary() {
  window.canary = () => console.error('canary');
}

export async function openTab(width) {
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const seen = { requests: [], words: [], errors: [] };
  page.setDefaultTimeout(patience);
  page.on('request', request => seen.requests.push(request.url()));
  page.on('console', message => seen.words.push({ text: message.text(), from: message.location().url }));
  page.on('pageerror', error => seen.errors.push(error.stack ?? String(error)));
  page.on('dialog', dialog => {
    seen.words.push({ text: `dialog: ${dialog.message()}`, from: '' });
    return dialog.dismiss();
  });
  await page.addInitScript(plantCanary);
  return { page, seen, close: () => context.close() };
}
