// Chooses the view for a tool's result, shows one view over another, and leads back.
const views = new Map();
const shown = [];
// The first of these whose matches() says yes shows the result.
const viewOrder = ['jobs', 'board', 'gallery', 'viewer'];
let toolArguments = {};

// name: as in viewOrder, or one of your own for show(). title: the heading.
// matches(result): result is readResult's, with .arguments (the tool's); false, or true (model = result), or the model itself.
// create(root, context): fills root; may give {update(model), destroy(), resume()}; update: same view, new model; resume: back on top.
function registerView(view) {
  views.set(view.name, view);
}

// Puts a view on top of the present one; the same view on top is updated when it can be.
function show(name, model) {
  const top = shown.at(-1);
  if (top?.name === name && top.parts.update) return top.parts.update(model);
  const focused = document.activeElement;
  const view = views.get(name);
  const title = el('h1', { tabindex: -1 }, view.title ?? '');
  const tools = el('div', { class: 'tools' });
  const bar = el('header', {}, shown.length > 0 && button('Back', back), title, tools, fullScreenButton());
  const root = el('div', { class: 'root ' + name });
  const section = el('section', { class: 'view' }, bar, root);
  if (top) top.section.hidden = true;
  byId('stage').append(section);
  const entry = { name, section, focused, parts: {} };
  shown.push(entry);
  // context: the model; tools = element for the view's buttons in the bar; setTitle(text); back() closes this view.
  const context = { model, tools, back, setTitle: text => title.textContent = text };
  entry.parts = view.create(root, context) ?? {};
  if (top) title.focus();
}

// Closes the view on top and shows the one beneath as it was left.
function back() {
  if (shown.length < 2) return;
  const closed = closeTop();
  const top = shown.at(-1);
  top.section.hidden = false;
  top.parts.resume?.();
  closed.focused?.focus?.();
}

function closeTop() {
  const closed = shown.pop();
  closed.parts.destroy?.();
  closed.section.remove();
  return closed;
}

// Shows a result (of readResult) in its own view, in place of all that is shown.
function showResult(result) {
  const full = { arguments: toolArguments, ...result };
  for (const name of viewOrder) {
    const model = views.get(name)?.matches(full);
    if (!model) continue;
    closeAll();
    return show(name, model === true ? full : model);
  }
  showText(full.text);
}

function closeAll() {
  while (shown.length) closeTop();
  byId('stage').replaceChildren();
}

function showText(text) {
  closeAll();
  byId('stage').append(el('p', { class: 'plain' }, text));
}

function fullScreenButton() {
  if (!host.context.availableDisplayModes?.includes('fullscreen')) return null;
  const other = () => host.context.displayMode === 'fullscreen' ? 'inline' : 'fullscreen';
  return button('Full screen', () => host.setMode(other()), { class: 'full' });
}

host.on('ui/notifications/tool-input', params => {
  toolArguments = params.arguments ?? {};
  if (!shown.length) showText('Working\u2026');
});
host.on('ui/notifications/tool-result', params => showResult(readResult(params)));
host.on('ui/notifications/tool-cancelled', params => showText('Stopped' + (params.reason ? ': ' + params.reason : '.')));
