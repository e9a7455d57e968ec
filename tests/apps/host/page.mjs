/** Runs in the host's own page: shows one app in a sandboxed frame, and passes on what it asks. */
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';

const frame = document.getElementById('app');
let bridge;

/** Everything the app asks is answered by the test's process, which also records it. */
async function ask(kind, params) {
  const response = await fetch('/ask', { method: 'POST', body: JSON.stringify({ kind, params }) });
  const { result, error } = await response.json();
  if (error !== undefined) throw new Error(error);
  return result;
}

const isSandboxReady = event => event.source === frame.contentWindow && event.data?.method === 'ui/notifications/sandbox-proxy-ready';

function loadSandbox(address) {
  return new Promise(resolve => {
    addEventListener('message', function listen(event) {
      if (!isSandboxReady(event)) return;
      removeEventListener('message', listen);
      resolve();
    });
    frame.src = address;
  });
}

function resize({ height }) {
  if (height > 0) frame.style.height = `${Math.min(Math.ceil(height), 4000)}px`;
}

/** Loads the app anew, and returns when it says that it is initialized. */
async function open({ sandbox, html, capabilities, context }) {
  await bridge?.close();
  await loadSandbox(sandbox);
  bridge = new AppBridge(null, { name: 'test-host', version: '1.0.0' }, capabilities, { hostContext: context });
  bridge.oncalltool = params => ask('tools/call', params);
  bridge.onreadresource = params => ask('resources/read', params);
  bridge.onmessage = params => ask('ui/message', params);
  bridge.onupdatemodelcontext = params => ask('ui/update-model-context', params);
  bridge.ondownloadfile = params => ask('ui/download-file', params);
  bridge.onopenlink = params => ask('ui/open-link', params);
  bridge.onrequestdisplaymode = params => ask('ui/request-display-mode', params);
  bridge.onsizechange = params => {
    resize(params);
    return ask('size-changed', params);
  };
  const initialized = new Promise(resolve => { bridge.oninitialized = resolve; });
  await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  await bridge.sendSandboxResourceReady({ html });
  await initialized;
  return { name: bridge.getAppVersion(), capabilities: bridge.getAppCapabilities() };
}

window.host = {
  open,
  input: args => bridge.sendToolInput({ arguments: args }),
  partialInput: args => bridge.sendToolInputPartial({ arguments: args }),
  result: result => bridge.sendToolResult(result),
  cancelled: reason => bridge.sendToolCancelled({ reason }),
  context: context => bridge.setHostContext(context),
  ping: () => bridge.request({ method: 'ping' }),
  teardown: () => bridge.teardownResource({}),
  /** Any value at all, past the bridge and its checks. */
  post: value => frame.contentWindow.postMessage(value, '*'),
};
