/** One app shown by one host: the test acts as the model and the user, and reads what the app asked. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openTab, patience } from './browser.mjs';
import { openWeb } from './web.mjs';
import { expectClean } from './clean.mjs';

/** What a host can that can everything. */
export const everything = {
  serverTools: {}, serverResources: {}, openLinks: {}, downloadFile: {}, message: { text: {} }, updateModelContext: { text: {} },
};

const isForApps = tool => tool._meta?.ui?.visibility?.includes('app') ?? true;

/** What the host's own ends of the protocol answer: they take everything. */
const accepted = {
  'ui/message': {}, 'ui/update-model-context': {}, 'ui/download-file': {}, 'ui/open-link': {}, 'size-changed': {},
  'ui/request-display-mode': { mode: 'inline' },
};

class Studio {
  /** What the app asked, in order: { kind, params, result or error }. */
  asked = [];
  /** Everything that was handed to the app, as text. */
  received = [];
  reports = [];
  #waiting = new Set();
  #intercept = null;

  constructor(server, tab, options) {
    this.server = server;
    this.page = tab.page;
    this.seen = tab.seen;
    this.options = options;
    this.capabilities = options.capabilities ?? everything;
    this.context = { theme: 'light', displayMode: 'inline', locale: 'en', ...options.context };
  }

  /** The app's own document. */
  get view() {
    return this.page.frameLocator('#app').frameLocator('iframe');
  }

  get frame() {
    return this.page.frames().find(frame => frame.parentFrame()?.parentFrame() === this.page.mainFrame());
  }

  async open(web) {
    this.web = web;
    await this.page.goto(web.host);
  }

  /** Calls a tool as the model does. */
  async call(name, args) {
    return this.server.client.callTool({ name, arguments: args }, { timeout: patience * 2 });
  }

  /** As call, for a call that must succeed: its structured content. */
  async make(name, args) {
    const result = await this.call(name, args);
    assert.ok(!result.isError, result.content?.[0]?.text);
    return result.structuredContent;
  }

  /** Loads the app for a tool, anew if it is there already. */
  async load(toolName) {
    const tool = this.server.tools.find(one => one.name === toolName);
    const toolInfo = this.options.toolInfo === false ? {} : { toolInfo: { id: 1, tool } };
    const html = await this.readPage(tool);
    this.received.push(html);
    this.context = { ...this.context, ...toolInfo };
    return this.page.evaluate(given => window.host.open(given), { sandbox: this.web.sandbox, html, capabilities: this.capabilities, context: this.context });
  }

  async readPage(tool) {
    if (this.options.page) return this.options.page;
    if (process.env.GPTIMAGE2_APPS_PAGE) return readFile(process.env.GPTIMAGE2_APPS_PAGE, 'utf8');
    const uri = tool._meta?.ui?.resourceUri;
    assert.ok(uri, `${tool.name} names its app`);
    const { contents } = await this.server.client.readResource({ uri });
    assert.equal(contents[0].mimeType, 'text/html;profile=mcp-app');
    return contents[0].text;
  }

  /** The model calls a tool, and the host shows its app: loaded while the call runs, then given arguments and result. */
  async show(toolName, args) {
    const calling = this.call(toolName, args);
    await this.load(toolName);
    await this.input(args);
    const result = await calling;
    await this.give(result);
    return result;
  }

  /** A result that there is already, as when an old conversation is opened again. */
  async showAgain(toolName, args, result) {
    await this.load(toolName);
    await this.input(args);
    await this.give(result);
  }

  input(args) {
    return this.tell('input', args);
  }

  give(result) {
    this.received.push(JSON.stringify(result));
    return this.tell('result', result);
  }

  /** One of the functions of the host's page. */
  tell(name, value) {
    return this.page.evaluate(async ([method, argument]) => { await window.host[method](argument); }, [name, value]);
  }

  async setContext(change) {
    this.context = { ...this.context, ...change };
    await this.tell('context', this.context);
  }

  /** From now on the app's calls of tools are answered by answer(params, next). */
  intercept(answer) {
    this.#intercept = answer;
  }

  /** What the web side hands over; see openWeb. */
  async answer(kind, params) {
    const entry = { kind, params };
    this.asked.push(entry);
    try {
      entry.result = await this.#reply(kind, params);
      this.received.push(JSON.stringify(entry.result));
      return entry.result;
    } catch (error) {
      entry.error = error.message;
      this.received.push(error.message);
      throw error;
    } finally {
      for (const check of this.#waiting) check();
    }
  }

  async #reply(kind, params) {
    if (kind in accepted) return accepted[kind];
    if (kind === 'resources/read') return this.server.client.readResource(params);
    assert.equal(kind, 'tools/call');
    const next = () => this.#callForApp(params);
    return this.#intercept ? this.#intercept(params, next) : next();
  }

  async #callForApp(params) {
    const tool = this.server.tools.find(one => one.name === params.name);
    if (!tool || !isForApps(tool)) throw new Error(`apps may not call ${params.name}`);
    return this.server.client.callTool(params, { timeout: patience * 2 });
  }

  /** The answered requests of one kind, of a tool if it is named, and of its action if that is. */
  requests(kind, tool, action) {
    return this.asked.filter(entry => entry.kind === kind && ('result' in entry || 'error' in entry)
      && (tool === undefined || entry.params.name === tool) && (action === undefined || entry.params.arguments?.action === action));
  }

  /** Waits until find() returns something, looked at whenever the app has been answered. */
  until(find, what) {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(check);
      };
      const check = () => {
        const found = find();
        if (!found) return;
        end();
        resolve(found);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`the app did not ${what}; it asked: ${this.#summary()}`));
      }, patience);
      this.#waiting.add(check);
      check();
    });
  }

  /** Waits for the next request of one kind after the first `past` of them. */
  untilAsked(kind, { tool, action, past = 0 } = {}) {
    return this.until(() => this.requests(kind, tool, action)[past], `ask ${[kind, tool, action].filter(Boolean).join(' ')}`);
  }

  #summary() {
    return this.asked.filter(entry => entry.kind !== 'size-changed').map(entry => [entry.kind, entry.params?.name, entry.params?.arguments?.action].filter(Boolean).join(' ')).join(', ') || 'nothing';
  }
}

/**
 * Runs one test with an app's host around it, and holds the app to what every test demands.
 * @param options file: name of its screenshot when it fails; width, capabilities, context, toolInfo: the host's; page: another page than the server's
 */
export async function withStudio(server, options, use) {
  const tab = await openTab(options.width ?? 900);
  const studio = new Studio(server, tab, options);
  const web = await openWeb((kind, params) => studio.answer(kind, params), report => studio.reports.push(report));
  try {
    await studio.open(web);
    await use(studio);
    if (options.page === undefined) await expectClean(studio);
  } catch (error) {
    await studio.page.screenshot({ path: `${process.env.GPTIMAGE2_APPS_FAILURES}/${options.file}.png`, fullPage: true });
    throw error;
  } finally {
    await tab.close();
    await web.close();
  }
}
