// The images made so far: search, favourites, and several chosen for a board or as references.
const createGallery = (root, { model, setTitle }) => {
  if (!host.can('serverTools')) {
    root.append(model.image ? el('img', { src: model.image, alt: 'All images on one sheet' }) : '', el('p', { class: 'plain' }, model.text));
    return null;
  }
  const chosen = new Set(), canSay = host.can('message', 'text');
  let cursor, asked = 0, timer;

  const search = el('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search the prompts', value: model.arguments?.query ?? '', oninput: searchSoon });
  const favourites = button('★ Favourites', () => {
    favourites.ariaPressed = favourites.ariaPressed !== 'true';
    return load();
  }, { 'aria-pressed': 'false' });
  const list = el('ul', { class: 'grid', onkeydown: moveByKey, onfocusin: event => beReachable(event.target.closest('li')) });
  const more = button('More', () => load(cursor), { hidden: true });
  const state = el('p', { class: 'faint' }, 'Loading…');
  const count = el('span');
  const bar = el('div', { class: 'tools chosen', role: 'group', 'aria-label': 'With the chosen images', hidden: true }, count,
    canSay && button('Make a board of these', () => sayAboutChosen('Make a board of these images: ')),
    canSay && button('Use as references', () => sayAboutChosen('Use these images as references for the next image: ')),
    button('Choose none', () => {
      list.querySelectorAll(':checked').forEach(box => box.checked = false);
      chosen.clear();
      showChosen();
      search.focus();
    }));
  root.append(el('div', { class: 'tools' }, search, favourites), state, list, more, bar);
  load().catch(complain);

  function searchSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => load().catch(complain), 300);
  }

  // Without a cursor a new list; an answer to an older question is dropped.
  async function load(after) {
    const ticket = ++asked;
    const answer = await server.action('list', { query: search.value || undefined, cursor: after, favourites: favourites.ariaPressed === 'true' || undefined });
    if (ticket !== asked) return;
    if (!after) list.replaceChildren();
    const first = list.children.length;
    list.append(...answer.images.map(createCard));
    cursor = answer.next_cursor;
    more.hidden = !cursor;
    state.textContent = answer.total ? `${list.children.length} of ${pluralOf(answer.total, 'image')}` : 'No image fits.';
    announce(state.textContent);
    setTitle('Images');
    if (!after) beReachable(list.firstElementChild);
    else list.children[first]?.firstElementChild.focus();
  }

  function createCard(image) {
    const words = image.prompt || image.name || image.id;
    const star = button(image.favourite ? '★' : '☆', async () => {
      image.favourite = (await server.action('favourite', { image: image.id, on: !image.favourite })).favourite;
      star.ariaPressed = image.favourite;
      star.textContent = image.favourite ? '★' : '☆';
    }, { class: 'star', 'aria-label': 'Favourite', 'aria-pressed': String(Boolean(image.favourite)) });
    const box = el('input', { type: 'checkbox', 'aria-label': 'Choose: ' + words, checked: chosen.has(image.id), onchange: () => {
      chosen[box.checked ? 'add' : 'delete'](image.id);
      showChosen();
    } });
    const picture = el('img', { src: image.thumb, alt: '', loading: 'lazy', decoding: 'async' });
    const open = button(picture, () => show('viewer', { image: image.id }), { class: 'picture', 'aria-label': 'Open: ' + words });
    return el('li', {}, open, el('label', { class: 'choose' }, box), star, el('p', { class: 'faint', title: words }, words));
  }

  // Tab leads to one image and what belongs to it, the arrows to the others.
  function beReachable(card) {
    for (const other of list.children) for (const control of other.querySelectorAll('button,input')) control.tabIndex = other === card ? 0 : -1;
  }

  function moveByKey(event) {
    const cards = [...list.children], index = cards.indexOf(event.target.closest('li'));
    const columns = cards.filter(card => card.offsetTop === cards[0].offsetTop).length;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -index, End: cards.length - 1 - index }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    cards[index + step]?.firstElementChild.focus();
  }

  function showChosen() {
    bar.hidden = !chosen.size;
    count.textContent = chosen.size + ' chosen';
    announce(pluralOf(chosen.size, 'image') + ' chosen');
  }

  async function sayAboutChosen(words) {
    if (!await host.say(words + [...chosen].join(', '))) throw new Error('The chat did not take it. The images are: ' + [...chosen].join(', '));
    notify('Said in the chat.');
  }

  return { destroy: () => clearTimeout(timer) };
};

registerView({
  name: 'gallery',
  title: 'Images',
  matches: ({ structured }) => typeof structured.total === 'number' && Array.isArray(structured.images),
  create: createGallery,
});
