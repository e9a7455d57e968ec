// The images made so far: search, favourites, and several chosen for a board or as references.
function createGallery(root, { model }) {
  let asked, cursor;
  const search = el('input', { type: 'search', placeholder: 'Search', value: model.arguments.query ?? '', oninput: () => load() });
  const favourites = button('★ Favourites', () => {
    favourites.ariaPressed = favourites.ariaPressed !== 'true';
    return load();
  });
  const list = el('ul', { class: 'grid', onkeydown: moveByKey, onchange: showChosen });
  const more = button('More', () => load(cursor)), state = el('p', { class: 'faint' }), count = el('span');
  const say = (label, words) => button(label, () => tellChat(words + chosen().map(box => box.value).join(', ')));
  const bar = el('div', { class: 'tools chosen', hidden: true }, count,
    say('Make a board of these', 'Make a board of these images: '), say('Use as references', 'Use these images as references for the next one: '));
  root.append(toolRow(search, favourites), state, list, more, bar);
  load();

  const chosen = () => [...list.querySelectorAll(':checked')];

  // With a cursor the next page, else a new list behind what is chosen; only the last question counts.
  async function load(after) {
    const ticket = asked = {};
    if (!after) await pause(200);
    if (ticket !== asked) return;
    const answer = await server.action('list', { query: search.value, cursor: after, favourites: favourites.ariaPressed === 'true' });
    if (ticket !== asked) return;
    const kept = chosen();
    if (!after) list.replaceChildren(...kept.map(box => box.closest('li')));
    const cards = answer.images.filter(({ id }) => !kept.some(box => box.value === id)).map(createCard);
    list.append(...cards);
    cursor = answer.next_cursor;
    more.hidden = !cursor;
    announce(state.textContent = pluralOf(answer.total ?? answer.images.length, 'image'));
    if (after) cards[0]?.firstChild.focus();
  }

  function createCard({ id, prompt, name, thumb, favourite }) {
    const words = prompt || name, star = button('', async () => {
      star.ariaPressed = (await server.action('favourite', { image: id, on: star.ariaPressed !== 'true' })).favourite;
      server.forget(id);
    }, { class: 'star', 'aria-label': 'Favourite', 'aria-pressed': String(Boolean(favourite)) });
    return el('li', {}, openButton(id, thumb, words), el('label', { class: 'choose' }, el('input', { type: 'checkbox', 'aria-label': 'Choose: ' + words, value: id })), star, el('p', { class: 'faint' }, words));
  }

  function showChosen() {
    const { length } = chosen();
    bar.hidden = !length;
    announce(count.textContent = length + ' chosen');
  }

  function moveByKey(event) {
    const cards = [...list.children], columns = cards.filter(card => card.offsetTop === cards[0].offsetTop).length, step = stepOf(event, columns);
    if (step) cards[clamp(cards.indexOf(event.target.closest('li')) + step, 0, cards.length - 1)].firstChild.focus();
  }
}

// A picture that opens in the viewer.
const openButton = (image, src, words) => button(el('img', { src, alt: '', loading: 'lazy', 'data-image': image }), () => show('viewer', { image }), { class: 'picture', 'aria-label': 'Open: ' + words });

registerView({
  name: 'gallery',
  title: 'Images',
  matches: ({ structured }) => host.can('serverTools') && structured.images && structured.total >= 0,
  create: createGallery,
});
