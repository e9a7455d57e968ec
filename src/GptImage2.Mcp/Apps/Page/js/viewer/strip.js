// Numbered thumbnails of a set: one tab stop, arrow keys choose.
function createStrip(ids, choose) {
  const options = ids.map((id, index) => el('div', { role: 'option', 'aria-label': `Image ${index + 1}`, onclick: () => select(index) }, el('span', {}, index + 1)));

  function select(index) {
    options.forEach((option, place) => {
      option.ariaSelected = place === index;
      option.tabIndex = place === index ? 0 : -1;
    });
    choose(index);
  }

  function press(event) {
    const step = stepOf(event, 1);
    if (!step) return;
    const place = clamp(options.indexOf(event.target) + step, 0, ids.length - 1);
    options[place].focus();
    select(place);
  }

  async function loadThumbs() {
    const thumbs = await server.thumbs(ids, 192);
    ids.forEach((id, index) => thumbs[id] && options[index].prepend(el('img', { src: thumbs[id], alt: '' })));
  }

  if (host.can('serverTools')) loadThumbs();
  return { node: el('div', { class: 'strip', role: 'listbox', 'aria-label': 'Images', onkeydown: press }, options), select };
}
