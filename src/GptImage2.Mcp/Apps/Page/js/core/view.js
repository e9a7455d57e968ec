// Chooses the view for a tool's result, shows one view over another, and leads back.
const views = {};
const shown = [];
let toolArguments = {};

// name: of show(), and one of 'jobs', 'board', 'gallery', 'viewer' to be asked for results (in that order). title: the heading.
// matches(result): result is readResult's, with .arguments (the tool's); false, or true (model = result), or the model itself.
// create(root, context): fills root; may return an object with destroy(), called when the view is closed.
const registerView = view => views[view.name] = view;

// Puts a view on top of the present one.
function show(name, model) {
  const top = shown.at(-1);
  const view = views[name];
  const title = el('h1', { tabindex: -1 }, view.title);
  const tools = el('div', { class: 'tools' });
  const root = el('div', { class: name });
  const section = el('section', {}, el('header', {}, top && button('Back', back), title, tools, fullScreenButton()), root);
  const entry = { section, focused: document.activeElement };
  if (top) top.section.hidden = true;
  shown.push(entry);
  byId('stage').append(section);
  // context: the model; tools = element for the view's buttons in the bar; setTitle(text); back() closes this view.
  entry.parts = view.create(root, { model, tools, back, setTitle: text => title.textContent = text });
  if (top) title.focus();
}

// Closes the view on top and shows the one beneath as it was left.
function back() {
  if (shown.length < 2) return;
  const { focused } = closeTop();
  shown.at(-1).section.hidden = false;
  focused.focus();
}

function closeTop() {
  const closed = shown.pop();
  closed.parts?.destroy?.();
  closed.section.remove();
  return closed;
}

// Shows a result (of readResult) in its own view, in place of all that is shown.
function showResult(result) {
  const full = { arguments: toolArguments, ...result };
  for (const name of ['jobs', 'board', 'gallery', 'viewer']) {
    const model = views[name]?.matches(full);
    if (!model) continue;
    showText();
    return show(name, model === true ? full : model);
  }
  showText(full.text);
}

// Closes all views and leaves these words alone.
function showText(text) {
  clearMessages();
  while (shown.length) closeTop();
  byId('stage').replaceChildren(el('p', { class: 'plain' }, text));
}

// Where the host can show the page large; nothing where it cannot.
function fullScreenButton() {
  return [host.context.availableDisplayModes].flat().includes('fullscreen') && button('Full screen', async () => {
    const mode = host.context.displayMode === 'fullscreen' ? 'inline' : 'fullscreen';
    applyContext({ displayMode: (await host.request('ui/request-display-mode', { mode })).mode });
  });
}

host.on('ui/notifications/tool-input', params => {
  toolArguments = params.arguments ?? {};
  if (!shown.length) showText('Working…');
});
host.on('ui/notifications/tool-result', params => showResult(readResult(params)));
host.on('ui/notifications/tool-cancelled', ({ reason }) => showText(`Stopped. ${reason ?? ''}`));
