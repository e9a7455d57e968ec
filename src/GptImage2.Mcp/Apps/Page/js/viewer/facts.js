// What is known of an image: warnings, and a list of terms and their descriptions.
function createFacts(facts, result) {
  const list = Object.entries({
    Prompt: facts.prompt ?? result.prompt,
    Size: facts.width && sizeWords(facts),
    Model: [facts.model ?? result.model, facts.quality].filter(Boolean).join(', '),
    [result.images?.length > 1 ? 'Cost of all' : 'Cost']: formatCost(result.cost),
    Changed: facts.region && regionWords(facts.region),
    Name: facts.id ?? facts.name,
    File: facts.path,
    Link: facts.download_url,
  });
  const warnings = [result.failure?.message, ...result.warnings ?? []];
  return el('div', {},
    warnings.map(text => text && el('p', { class: 'warning' }, text)),
    el('dl', { class: 'facts' }, list.map(([term, words]) => words && [el('dt', {}, term), el('dd', { tabindex: words.length > 250 && 0 }, words)])));
}

const sizeWords = ({ width, height, format, bytes }) => [`${width} × ${height}`, format?.toUpperCase(), bytes && formatBytes(bytes)].filter(Boolean).join(', ');

function regionWords({ coverage, changed_outside: outside }) {
  const percent = share => `${+(share * 100).toFixed(1)} %`;
  return `${percent(coverage)} of the picture, ${outside ? percent(outside) : 'nothing'} outside the region`;
}
