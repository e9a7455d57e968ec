// Numbered thumbnails of a set: one tab stop, arrow keys choose.
function createStrip(ids, choose) {
  const options = ids.map((id, index) => el('div', {
    role: 'option', 'aria-label': 'Image ' + (index + 1), onclick: () => select(index),
  }, el('span', {}, String(index + 1))));
  const node = el('div', { class: 'strip', role: 'listbox', 'aria-label': 'Images', onkeydown: move }, options);

  function select(index, quietly) {
    options.forEach((option, place) => {
      option.ariaSelected = String(place === index);
      option.tabIndex = place === index ? 0 : -1;
    });
    if (!quietly) options[index].focus();
    choose(index);
  }

  function move(event) {
    const now = options.indexOf(event.target);
    const places = { ArrowLeft: now - 1, ArrowUp: now - 1, ArrowRight: now + 1, ArrowDown: now + 1, Home: 0, End: ids.length - 1 };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    if (options[place]) select(place);
  }

  async function loadThumbs() {
    const thumbs = await server.thumbs(ids, 192);
    ids.forEach((id, index) => thumbs[id] && options[index].prepend(el('img', { src: thumbs[id], alt: '' })));
  }

  if (host.can('serverTools')) loadThumbs().catch(complain);
  return { node, select };
}
