// What is known of an image, as a list of terms and their descriptions.
function createFacts(facts, result) {
  const rows = [
    ['Prompt', facts.prompt ?? result.prompt],
    ['Size', facts.width && sizeWords(facts)],
    ['Model', [facts.model ?? result.model, facts.quality].filter(Boolean).join(', ')],
    ['Cost', formatCost(result.cost)],
    ['Changed', facts.region && regionWords(facts.region)],
    ['Made from', facts.made_from?.join(', ')],
    ['Name', facts.id ?? facts.name],
    [facts.path ? 'File' : 'Link', facts.path ?? facts.download_url],
  ];
  const list = rows.filter(([, words]) => words).map(([term, words]) => [el('dt', {}, term), el('dd', {}, words)]);
  const warnings = [result.failure?.message, ...result.warnings ?? []].filter(Boolean);
  return [
    warnings.map(text => el('p', { class: 'warning' }, text)),
    el('dl', { class: 'facts' }, list),
  ].flat();
}

function sizeWords({ width, height, format, bytes }) {
  const parts = [width + ' \u00d7 ' + height, format?.toUpperCase(), bytes && formatBytes(bytes)];
  return parts.filter(Boolean).join(', ');
}

function regionWords(region) {
  const percent = share => (share * 100).toFixed(share < 0.1 ? 1 : 0) + ' %';
  const outside = region.changed_outside ? ', and ' + percent(region.changed_outside) + ' outside it' : ', nothing outside it';
  return percent(region.coverage) + ' of the picture was the region' + outside;
}
