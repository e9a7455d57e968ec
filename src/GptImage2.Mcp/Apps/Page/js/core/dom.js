// Builds nodes without ever parsing text as HTML, speaks to the reader, and writes numbers as words.
'use strict';

const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

// The step that a key asks for in a row or on a scale: -1, 1, to either end, or undefined; down: the step of the arrow down.
function stepOf(event, down) {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: down, ArrowUp: -down, Home: -99, End: 99 }[event.key];
  if (step) event.preventDefault();
  return step;
}

const byId = id => document.getElementById(id);

// el('p', {class: 'x', onclick: f, hidden: true}, 'text', node, [more]): null, undefined and false children and properties are left out.
function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (typeof value === 'function') node.addEventListener(key.slice(2), value);
    else if (key === 'value') node.value = value;
    else if (value !== false && value != null) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(9).filter(child => child !== false && child != null));
  return node;
}

// A button whose work may be asynchronous: busy while it runs (a second press is ignored), what it throws is shown to the user by host.start's listeners.
function button(label, work, props) {
  const node = el('button', { type: 'button', ...props }, label);
  node.onclick = async event => {
    if (node.ariaBusy) return;
    node.ariaBusy = 'true';
    clearMessages();
    try {
      await work(event);
    } finally {
      node.ariaBusy = null;
    }
  };
  return node;
}

// Heard by a screen reader, not seen.
const announce = text => byId('live').textContent = text;

// Seen and heard at the foot of the page.
const notify = text => byId('notice').textContent = text;

// An error, seen and heard at once.
const complain = error => byId('alarm').textContent = error?.message ?? error;

function clearMessages() {
  notify('');
  complain('');
}

const pluralOf = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

const formatBytes = bytes => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

// A price of less than ten cents keeps its tenths of a cent.
const formatUsd = usd => '$' + usd.toFixed(usd > 0 && usd < 0.1 ? 3 : 2);

// A result's cost object in a few words, or '' when nothing is known.
function formatCost({ unit, credits, actual, with_key_low, with_key_high, estimate_low: low = with_key_low, estimate_high: high = with_key_high } = {}) {
  if (unit === 'none') return 'free';
  if (unit === 'credits') return pluralOf(credits, 'credit');
  if (actual != null) return formatUsd(actual);
  if (low == null) return '';
  return high > low ? `about ${formatUsd(low)} to ${formatUsd(high)}` : `about ${formatUsd(low)}`;
}
