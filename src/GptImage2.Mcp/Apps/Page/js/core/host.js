// The bridge to the chat host: JSON-RPC over postMessage, the host's theme, the page's height, and words to the model.
const host = (() => {
  const waiting = new Map();
  const listeners = new Map();
  let lastId = 0;
  let capabilities = {};
  let sizeTimer;
  let sentSize = '';

  const post = message => parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  const notifyHost = (method, params = {}) => post({ method, params });

  function request(method, params = {}) {
    return new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject });
      post({ id: lastId, method, params });
    });
  }

  function on(method, listener) {
    listeners.set(method, [...listeners.get(method) ?? [], listener]);
  }

  function settle(message) {
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) asked?.reject(new Error(message.error.message));
    else asked?.resolve(message.result);
  }

  function receive(event) {
    const message = event.data;
    if (event.source !== parent || message?.jsonrpc !== '2.0') return;
    if (!message.method) return settle(message);
    for (const listener of listeners.get(message.method) ?? []) listener(message.params ?? {});
    if (message.id === undefined) return;
    const known = message.method === 'ping' || message.method === 'ui/resource-teardown';
    post(known ? { id: message.id, result: {} } : { id: message.id, error: { code: -32601, message: 'unknown method' } });
  }

  function applyContext(news) {
    Object.assign(host.context, news);
    const page = document.documentElement;
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    page.dataset.theme = host.context.theme ?? (dark ? 'dark' : 'light');
    page.dataset.mode = host.context.displayMode ?? 'inline';
    // Set on the body, not on the root: a root of another scheme than its frame gets an opaque backdrop.
    document.body.style.colorScheme = page.dataset.theme;
    for (const [name, value] of Object.entries(news.styles?.variables ?? {})) {
      if (name.startsWith('--') && value) page.style.setProperty(name, value);
    }
  }

  function sendSize() {
    clearTimeout(sizeTimer);
    sizeTimer = setTimeout(() => {
      const size = { width: innerWidth, height: Math.ceil(document.body.getBoundingClientRect().height) };
      if (JSON.stringify(size) === sentSize) return;
      sentSize = JSON.stringify(size);
      notifyHost('ui/notifications/size-changed', size);
    }, 100);
  }

  function can(name, kind) {
    const capability = capabilities[name];
    if (!capability || !kind) return Boolean(capability);
    return Boolean(capability[kind]) || (kind === 'text' && Object.keys(capability).length === 0);
  }

  async function say(text) {
    if (!can('message', 'text')) return false;
    const answer = await request('ui/message', { role: 'user', content: [{ type: 'text', text }] });
    return !answer?.isError;
  }

  async function tellModel(text) {
    if (!can('updateModelContext', 'text')) return say(text);
    await request('ui/update-model-context', { content: [{ type: 'text', text }] });
    return true;
  }

  async function downloadContent(content) {
    const answer = await request('ui/download-file', { contents: [content] });
    return !answer?.isError;
  }

  async function setMode(mode) {
    const answer = await request('ui/request-display-mode', { mode });
    applyContext({ displayMode: answer.mode });
  }

  async function start() {
    addEventListener('message', receive);
    on('ui/notifications/host-context-changed', applyContext);
    applyContext({});
    const answer = await request('ui/initialize', {
      appInfo: { name: 'gptimage2-studio', version: '1.0.0' },
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
      protocolVersion: '2026-01-26',
    });
    capabilities = answer.hostCapabilities ?? {};
    applyContext(answer.hostContext ?? {});
    notifyHost('ui/notifications/initialized');
    new ResizeObserver(sendSize).observe(document.body);
  }

  return {
    // The host's context as last told: theme, styles, displayMode, toolInfo, containerDimensions.
    context: {},
    // Begins the conversation with the host; every view is registered before.
    start,
    // can('serverTools'), can('updateModelContext', 'image'): whether the host offers it.
    can,
    // Asks the host; the promise fails with the host's words.
    request,
    // Calls the listener with the params of each such notification or request of the host.
    on,
    // Writes into the model's context, or says it in the chat; false when the host takes neither.
    tellModel,
    // Says it in the chat in the user's name; false when the host does not take it.
    say,
    // Hands the user a file: the host asks where to put it; false when it was refused.
    download: (name, mimeType, blob) => downloadContent({ type: 'resource', resource: { uri: 'file:///' + encodeURIComponent(name), mimeType, blob } }),
    // Hands the user a file that the host fetches from a link by itself.
    downloadLink: (name, mimeType, uri) => downloadContent({ type: 'resource_link', uri, name, mimeType }),
    // Asks for 'fullscreen' or 'inline'.
    setMode,
  };
})();
