// The bridge to the chat host: JSON-RPC over postMessage, the host's theme, the page's height, and words to the model.
const waiting = new Map();
const listeners = Object.create(null);
let requests = 0;
let sizeTimer;

const host = {
  // The host's context as last told: theme, styles, displayMode, toolInfo, containerDimensions.
  context: {},
  capabilities: {},

  // Begins the conversation with the host; every view is registered before.
  async start() {
    // Whatever goes wrong anywhere, and is not dealt with there.
    addEventListener('unhandledrejection', event => {
      event.preventDefault();
      complain(event.reason);
    });
    addEventListener('message', receive);
    host.on('ui/notifications/host-context-changed', applyContext);
    applyContext({});
    const answer = await host.request('ui/initialize', {
      appInfo: { name: 'gptimage2-studio', version: '1.0.0' },
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
      protocolVersion: '2026-01-26',
    });
    host.capabilities = answer.hostCapabilities;
    applyContext(answer.hostContext);
    post({ method: 'ui/notifications/initialized' });
    new ResizeObserver(sendSize).observe(document.body);
  },

  // can('serverTools'), can('message', 'text'): whether the host offers it; a bare capability means text.
  can(name, kind) {
    const offered = host.capabilities[name];
    return offered && (!kind || offered[kind] || kind === 'text' && !Object.keys(offered).length);
  },

  // Asks the host; the promise fails with the host's words.
  request(method, params) {
    return new Promise((resolve, reject) => {
      waiting.set(++requests, { resolve, reject });
      post({ id: requests, method, params });
    });
  },

  // Calls the one listener of a method with the params of each such notification of the host.
  on: (method, listener) => listeners[method] = listener,

  // Says it in the chat in the user's name; false when the host does not take it.
  async say(text) {
    return host.can('message', 'text') && !(await host.request('ui/message', { role: 'user', content: [{ type: 'text', text }] })).isError;
  },

  // Writes into the model's context, or says it in the chat; false when the host takes neither.
  async tellModel(text) {
    if (!host.can('updateModelContext', 'text')) return host.say(text);
    await host.request('ui/update-model-context', { content: [{ type: 'text', text }] });
    return true;
  },

  // Hands the user a file, as base64 or by a link for the host to fetch; false when it was refused.
  async download(name, mimeType, blob, uri) {
    const link = { type: 'resource_link', uri, name, mimeType };
    const file = { type: 'resource', resource: { uri: `file:///${encodeURIComponent(name)}`, mimeType, blob } };
    return !(await host.request('ui/download-file', { contents: [uri ? link : file] })).isError;
  },
};

const post = message => parent.postMessage({ jsonrpc: '2.0', ...message }, '*');

// Asynchronous only so that what a listener throws is shown as any other failure is.
async function receive({ source, data }) {
  if (source !== parent || data?.jsonrpc !== '2.0') return;
  const { id, method, params, error, result } = data;
  if (method) {
    listeners[method]?.(params ?? {});
    // The host's own requests, ping and teardown, want no more than an answer.
    if (id !== undefined) post({ id, result: {} });
    return;
  }
  const asked = waiting.get(id);
  waiting.delete(id);
  if (error) asked?.reject(new Error(error.message));
  else asked?.resolve(result);
}

function applyContext(news) {
  Object.assign(host.context, news);
  const { theme, displayMode } = host.context;
  const { style, dataset } = document.documentElement;
  dataset.theme = theme;
  dataset.mode = displayMode;
  // On the body, not on the root: a root of another scheme than its frame gets an opaque backdrop.
  document.body.style.colorScheme = theme ?? 'light dark';
  for (const [name, value] of Object.entries(news.styles?.variables ?? {})) {
    if (name.startsWith('--')) style.setProperty(name, value);
  }
}

function sendSize() {
  clearTimeout(sizeTimer);
  const params = { width: innerWidth, height: document.body.offsetHeight };
  // In full screen the height is the host's affair.
  if (host.context.displayMode !== 'fullscreen') sizeTimer = setTimeout(() => post({ method: 'ui/notifications/size-changed', params }), 100);
}
