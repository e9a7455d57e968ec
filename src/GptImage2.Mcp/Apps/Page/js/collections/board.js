// The storyboard: its panels in order, their words and versions, and what it costs to draw one again.
function createBoard(root, { model, tools, setTitle }) {
  const { id } = model.structured.board, list = el('ol', { class: 'grid' });
  let panels, lastChange;
  root.append(list);
  load();

  // Cards are dragged by their handle; the list holds the pointer, as a card loses it when it moves.
  let dragged;
  list.onpointerdown = event => {
    dragged = event.target.matches('.handle') && event.target.closest('li');
    if (dragged) list.setPointerCapture(event.pointerId);
  };
  list.onpointermove = event => {
    const over = dragged && document.elementFromPoint(event.clientX, event.clientY)?.closest('.board li');
    if (over && over !== dragged) over[dragged.compareDocumentPosition(over) & 4 ? 'after' : 'before'](dragged);
  };
  list.onpointerup = list.onpointercancel = () => {
    const keys = [...list.children].map(card => card.dataset.key);
    dragged = null;
    if (keys.some((key, index) => key !== panels[index].id)) change(() => ({ order: keys.map(numberOf) }));
  };

  async function load() {
    const { board } = await server.action('board', { board: id });
    panels = board.panels;
    setTitle(board.title ?? 'Storyboard');
    tools.replaceChildren(board.picture ? button('Whole board', () => show('viewer', { image: board.picture })) : '');
    draw();
    const thumbs = await server.thumbs(panels.map(({ image }) => image).filter(Boolean), 384);
    for (const picture of list.querySelectorAll('img')) picture.src = thumbs[picture.dataset.image] ?? '';
    if (!panels.some(({ state }) => state === 'drawing')) return;
    await pauseUntilSeen();
    if (root.isConnected) await load();
  }

  // What is being typed and where the focus is stay as they are.
  function draw() {
    const focused = document.activeElement.id, typed = [...list.querySelectorAll('textarea')].filter(field => field.value !== field.defaultValue);
    list.replaceChildren(...panels.map(createCard));
    for (const field of typed) byId(field.id).value = field.value;
    byId(focused)?.focus();
  }

  function createCard({ id: key, panel, ...words }) {
    const named = (name, label) => ({ id: key + name, 'aria-label': label }), drawing = words.state === 'drawing', { image, failure, version, versions = [] } = words;
    const set = (name, value) => change(() => ({ panels: [{ panel: numberOf(key), [name]: value }] }));
    const move = (sign, place, step) => button(sign, () => change(() => {
      const order = panels.map((_, index) => index + 1), number = numberOf(key);
      order.splice(number - 1 + step, 0, ...order.splice(number - 1, 1));
      return { order };
    }), { ...named(place, `Move ${place}: panel ${panel}`), disabled: !panels[panel - 1 + step] });
    const picture = image ? openButton(image, null, words.action) : el('p', { class: 'picture faint' }, drawing ? 'Being drawn…' : 'Not drawn yet');
    picture.style.aspectRatio = words.size?.replace('x', '/');
    // Whoever goes on to something else has finished it.
    const save = () => {
      if (caption.value === caption.defaultValue || !caption.isConnected) return;
      caption.defaultValue = caption.value;
      set('caption', caption.value);
    };
    const caption = el('textarea', { ...named('caption', 'Caption of panel ' + panel), maxlength: 300, placeholder: 'Caption', onblur: save, onkeydown: event => {
      if (event.key === 'Escape') caption.value = caption.defaultValue;
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      save();
    } }, words.caption);
    const choice = el('select', { ...named('version', 'Version of panel ' + panel), hidden: versions.length < 2, onchange: () => set('version', Number(choice.value)) },
      versions.map(other => el('option', { value: other.version, selected: other.version === version }, 'Version ' + other.version)));
    const redraw = button(image ? 'Redraw' : 'Draw', async () => {
      const { structured } = await update({ panels: [{ panel: numberOf(key), redraw: true }], dry_run: true });
      ask(redraw, '', `Draw it (${formatCost(structured.cost) || 'price unknown'})`, () => set('redraw', true));
    }, { hidden: drawing });
    return el('li', { class: 'card', 'data-key': key },
      toolRow(el('span', { class: 'handle', 'aria-hidden': 'true' }, '⠿'), el('h2', {}, 'Panel ' + panel), move('←', 'earlier', -1), move('→', 'later', 1)),
      picture, failure && el('p', { class: 'warning' }, `Not drawn: ${failure.message} ${{ yes: 'It is billed all the same.', no: 'It is not billed.' }[failure.billed] ?? 'It may be billed.'}`),
      el('p', { class: 'faint' }, [words.shot, words.camera, words.duration && words.duration + ' s'].filter(Boolean).join(' · ')),
      el('p', {}, words.action), el('p', {}, words.dialogue && `“${words.dialogue}”`), caption, toolRow(choice, redraw));
  }

  const update = args => callTool('update_storyboard', { board: id, ...args });

  const numberOf = key => panels.findIndex(({ id }) => id === key) + 1;

  // One change after the other, because each may give the panels other numbers: what is to change is asked for when it is its turn.
  // Whether or not the server took it, what it then has is shown.
  function change(describe) {
    const before = lastChange;
    return lastChange = (async () => {
      await before?.catch(() => {});
      notify('Working…');
      await update(describe()).finally(load);
      notify('Done.');
    })();
  }
}

registerView({
  name: 'board',
  title: 'Storyboard',
  matches: ({ structured }) => host.can('serverTools') && structured.board?.id && structured.job?.status !== 'planned',
  create: createBoard,
});
