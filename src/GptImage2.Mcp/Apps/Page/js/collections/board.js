// The storyboard: its panels in order, their words and versions, and what it costs to draw one again.
class Board {
  constructor(root, { model, setTitle }) {
    Object.assign(this, { id: model.structured.board.id, setTitle });
    this.state = el('p', { role: 'status' });
    this.list = el('ol', { class: 'grid board' });
    this.tools = el('div', { class: 'tools' });
    root.append(this.state, this.tools, this.list);
    if (host.can('serverTools')) this.load().catch(complain);
    else root.replaceChildren(model.image ? el('img', { src: model.image, alt: 'The board' }) : '', el('p', { class: 'plain' }, model.text));
    letDrag(this.list, () => this.saveOrder());
  }

  async load() {
    const { board } = await server.action('board', { board: this.id });
    if (this.closed) return;
    this.setTitle(board.title || 'Storyboard');
    this.tools.replaceChildren(board.picture ? button('Whole board', () => show('viewer', { image: board.picture })) : '');
    this.draw(board.panels);
    const images = board.panels.map(({ image }) => image).filter(Boolean), thumbs = await server.thumbs(images, 384);
    for (const picture of this.list.querySelectorAll('img')) if (thumbs[picture.dataset.image]) picture.src = thumbs[picture.dataset.image];
    if (!board.panels.some(({ state }) => state === 'drawing')) return;
    await pauseUntilSeen();
    if (!this.closed) await this.load();
  }

  // What is being typed and where the focus is stay as they are.
  draw(panels) {
    const typed = new Map([...this.list.querySelectorAll('textarea')].filter(field => field.value !== field.defaultValue).map(field => [field.dataset.key, field.value]));
    const focused = document.activeElement?.dataset.key;
    this.panels = panels;
    this.list.replaceChildren(...panels.map(panel => this.createCard(panel)));
    for (const node of this.list.querySelectorAll('[data-key]')) {
      if (typed.has(node.dataset.key)) node.value = typed.get(node.dataset.key);
      if (node.dataset.key === focused) node.focus();
    }
  }

  createCard(panel) {
    const key = name => ({ 'data-key': (panel.id ?? panel.panel) + ' ' + name }), name = 'Panel ' + panel.panel;
    const move = (label, step) => button(label, () => this.move(panel.panel - 1, step),
      { ...key(label), 'aria-label': `Move panel ${panel.panel} ${step < 0 ? 'earlier' : 'later'}`, disabled: !this.panels[panel.panel - 1 + step] });
    const picture = panel.image
      ? button(el('img', { alt: '', 'data-image': panel.image }), () => show('viewer', { image: panel.image }), { class: 'picture', 'aria-label': `Open panel ${panel.panel}: ${panel.action ?? ''}` })
      : el('p', { class: 'picture faint' }, panel.state === 'drawing' ? 'Being drawn…' : 'Not drawn yet');
    const [, width, height] = /(\d+)x(\d+)/.exec(panel.size) ?? [];
    if (width) picture.style.aspectRatio = width / height;
    const redraw = button(panel.image ? 'Redraw' : 'Draw', () => this.askToDraw(panel, redraw), key('draw'));
    return el('li', { class: 'card', 'data-panel': panel.panel },
      el('div', { class: 'tools' }, el('span', { class: 'handle', 'aria-hidden': 'true' }, '⠿'), el('h2', {}, name), move('←', -1), move('→', 1)),
      picture,
      panel.failure && el('p', { class: 'warning' }, failureWords(panel.failure)),
      el('p', { class: 'faint' }, [panel.shot, panel.camera, panel.duration && panel.duration + ' s'].filter(Boolean).join(' · ')),
      el('p', {}, panel.action), panel.dialogue && el('p', {}, '“' + panel.dialogue + '”'),
      this.createCaption(panel, key('caption')),
      el('div', { class: 'tools' }, this.createVersions(panel, key('version')), panel.state !== 'drawing' && redraw));
  }

  createCaption(panel, key) {
    const field = el('textarea', { ...key, rows: 1, maxlength: 300, placeholder: 'Caption', 'aria-label': 'Caption of panel ' + panel.panel, onkeydown: event => {
      if (event.key === 'Escape') field.value = field.defaultValue;
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      const caption = field.value.trim();
      if (caption === field.defaultValue) return;
      field.defaultValue = field.value = caption;
      this.change({ panels: [{ panel: panel.panel, caption }] }, 'Caption saved.').catch(complain);
    } }, panel.caption ?? '');
    return field;
  }

  createVersions(panel, key) {
    if (!(panel.versions?.length > 1)) return null;
    const choice = el('select', { ...key, 'aria-label': 'Version of panel ' + panel.panel, onchange: () =>
      this.change({ panels: [{ panel: panel.panel, version: Number(choice.value) }] }, 'Version ' + choice.value + ' is on the board.').catch(complain) },
    panel.versions.map(({ version }) => el('option', { value: version }, `Version ${version} of ${panel.versions.length}`)));
    choice.value = panel.version;
    return choice;
  }

  async askToDraw({ panel }, control) {
    const panels = [{ panel, redraw: true }];
    const plan = await this.call({ panels, dry_run: true }), price = formatCost(plan.structured.cost) || 'price unknown';
    ask(control, `Draw panel ${panel} (${price})?`, `Draw (${price})`, 'No', () => this.change({ panels }, `Panel ${panel} is drawn.`, `Drawing panel ${panel}…`));
  }

  async call(args) {
    const result = await server.tool('update_storyboard', { board: this.id, ...args });
    if (result.isError) throw new Error(result.text);
    return result;
  }

  // Whether or not the server took it, what it then has is shown.
  async change(args, done, doing = 'Saving…') {
    clearMessages();
    this.state.textContent = doing;
    try {
      const { structured } = await this.call(args);
      this.state.textContent = isRunning(structured.job?.status) ? doing : done;
    } catch (error) {
      this.state.textContent = '';
      throw error;
    } finally {
      await this.load();
    }
  }

  move(index, step) {
    const cards = this.list.children, card = cards[index];
    if (step < 0) cards[index - 1].before(card);
    else cards[index + 1].after(card);
    return this.saveOrder();
  }

  saveOrder() {
    const order = [...this.list.children].map(card => Number(card.dataset.panel));
    if (order.every((panel, index) => panel === index + 1)) return null;
    return this.change({ order }, 'The order is saved.').catch(complain);
  }

  destroy() {
    this.closed = true;
  }
}

function failureWords(failure) {
  const billed = { yes: 'It is billed all the same.', no: 'It is not billed.', unknown: 'It may be billed.' }[failure.billed];
  return ['Not drawn: ' + (failure.message ?? failure), billed].filter(Boolean).join(' ');
}

// Cards are dragged by their handle; the list itself holds the pointer, as a card loses it when it moves.
function letDrag(list, dropped) {
  let card = null;
  const end = () => {
    card?.classList.remove('dragged');
    if (card) dropped();
    card = null;
  };
  list.addEventListener('pointerdown', event => {
    if (!event.target.matches('.handle')) return;
    event.preventDefault();
    card = event.target.closest('li');
    card.classList.add('dragged');
    list.setPointerCapture(event.pointerId);
  });
  list.addEventListener('pointermove', event => {
    const over = card && document.elementFromPoint(event.clientX, event.clientY)?.closest('.board>li');
    if (!over || over === card) return;
    const cards = [...list.children];
    if (cards.indexOf(over) < cards.indexOf(card)) over.before(card);
    else over.after(card);
  });
  list.addEventListener('pointerup', end);
  list.addEventListener('pointercancel', end);
}

registerView({
  name: 'board',
  title: 'Storyboard',
  matches: ({ structured }) => Boolean(structured.board?.id) && structured.job?.status !== 'planned',
  create: (root, context) => new Board(root, context),
});
