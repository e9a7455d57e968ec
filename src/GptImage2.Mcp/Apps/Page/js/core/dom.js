// Builds nodes without ever parsing text as HTML, speaks to the reader, and writes numbers as words.
'use strict';

const byId = id => document.getElementById(id);

// el('p', {class: 'x', onclick: f, hidden: true}, 'text', node, [more]): null and false children and properties are left out.
function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(key.slice(2), value);
    else if (key === 'value') node.value = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

// A button whose work may be asynchronous: busy while it runs (a second press is ignored), its error is shown to the user.
function button(label, work, props) {
  const node = el('button', { type: 'button', ...props }, label);
  node.addEventListener('click', async event => {
    if (node.ariaBusy === 'true') return;
    node.ariaBusy = 'true';
    clearMessages();
    try {
      await work(event);
    } catch (error) {
      complain(error);
    }
    node.ariaBusy = null;
  });
  return node;
}

// Heard by a screen reader, not seen.
function announce(text) {
  byId('live').textContent = text;
}

// Seen and heard at the foot of the page.
function notify(text) {
  byId('notice').textContent = text;
}

// An error, seen and heard at once.
function complain(error) {
  byId('alarm').textContent = error?.message ?? String(error);
}

function clearMessages() {
  notify('');
  complain('');
}

const pluralOf = (count, word) => count + ' ' + word + (count === 1 ? '' : 's');

function formatBytes(bytes) {
  if (bytes < 1e6) return Math.max(1, Math.round(bytes / 1e3)) + ' KB';
  return (bytes / 1e6).toFixed(1) + ' MB';
}

// A price of less than ten cents keeps its tenths of a cent.
const formatUsd = usd => '$' + usd.toFixed(usd > 0 && usd < 0.1 ? 3 : 2);

// The whole of a result's cost object in a few words, or '' when nothing is known.
function formatCost(cost) {
  if (!cost) return '';
  if (cost.unit === 'none') return 'free';
  if (cost.unit === 'credits') return pluralOf(cost.credits ?? 0, 'credit');
  if (typeof cost.actual === 'number') return formatUsd(cost.actual);
  const low = cost.estimate_low ?? cost.with_key_low;
  const high = cost.estimate_high ?? cost.with_key_high;
  if (typeof low !== 'number') return '';
  return 'about ' + formatUsd(low) + (high > low ? ' to ' + formatUsd(high) : '');
}

// Seconds as '5 s', '3 min', '2 h', '4 days'.
function formatAge(seconds) {
  if (seconds < 90) return Math.round(seconds) + ' s';
  if (seconds < 5400) return Math.round(seconds / 60) + ' min';
  if (seconds < 129600) return Math.round(seconds / 3600) + ' h';
  return Math.round(seconds / 86400) + ' days';
}
