// The mask painter: marks a region of an image and has only that changed, here or by the assistant.
const drafts = new Map();

// Mask and words of an image outlive the view: a host may draw the page's result again at any time.
function draftOf(image, width, height) {
  const kept = drafts.get(image), fits = kept?.mask.width === width && kept.mask.height === height;
  const draft = fits ? kept : { mask: new Mask(width, height), prompt: '', feather: '', quality: '', revision: 0 };
  drafts.delete(image);
  drafts.set(image, draft);
  if (drafts.size > 2) drafts.delete(drafts.keys().next().value);
  return draft;
}

class Painter {
  constructor(root, image) {
    Object.assign(this, { root, image, outline: [], tool: 'brush', size: 1, serverView: false });
    this.alarm = el('p', { class: 'alarm', role: 'alert' });
    root.append(this.alarm);
  }

  async open() {
    const { image: facts } = await server.open(this.image);
    if (this.closed) return;
    this.draft = draftOf(this.image, facts.width, facts.height);
    this.mask = this.draft.mask;
    this.plan = new RegionPlan(this.draft, this.image, () => this.update(), error => this.fail(error));
    this.serverButton = button('As the server sees it', () => this.showServerView(!this.serverView), { 'aria-pressed': 'false' });
    const stage = el('div', { class: 'stage' });
    this.zoom = new ZoomCanvas(stage, 'The picture to mark');
    this.stroke = createStroke(this);
    this.zoom.overlay = context => drawOverlay(this, context);
    this.toolbar = createToolbar(this);
    this.root.prepend(this.toolbar.node, stage, createNumbers(this), this.createForm());
    this.root.addEventListener('keydown', this.toolbar.key);
    this.zoom.canvas.addEventListener('pointermove', event => this.hoverAt(event));
    this.zoom.canvas.addEventListener('pointerleave', () => this.hoverAt(null));
    await this.zoom.setPicture(pictureOf(facts, this.image));
    this.plan.askSoon();
  }

  hoverAt(event) {
    this.hover = event?.pointerType === 'mouse' ? this.zoom.eventToImage(event) : null;
    this.zoom.redraw();
  }

  createForm() {
    const { draft } = this;
    const field = (node, name) => {
      node.value = draft[name];
      node.addEventListener('input', () => {
        draft[name] = node.value;
        this.update();
      });
      node.addEventListener('change', () => this.plan.askSoon());
      return node;
    };
    const prompt = field(el('textarea', { rows: 2, placeholder: 'Only the marked region is changed.' }), 'prompt');
    const quality = field(el('select', {}, ['', 'low', 'medium', 'high'].map(name => el('option', { value: name }, name || 'default'))), 'quality');
    const feather = field(el('input', { type: 'number', min: 0, placeholder: 'default' }), 'feather');
    this.state = el('p', { role: 'status', class: 'faint' });
    this.progress = el('progress', { 'aria-label': 'Drawing', hidden: true });
    this.changeButton = button('Change it', () => this.change(), { class: 'main' });
    this.handButton = button('Leave it to the assistant', () => this.handOver(), { hidden: !host.can('message', 'text') && !host.can('updateModelContext', 'text') });
    return el('div', { class: 'form' }, this.state, el('label', { class: 'prompt' }, 'What should be there', prompt),
      el('div', { class: 'tools' }, el('label', {}, 'Quality', quality), el('label', {}, 'Soft edge in pixels', feather), this.changeButton, this.handButton), this.progress);
  }

  changed() {
    this.draft.revision++;
    this.zoom.redraw();
    this.plan.askSoon();
  }

  flood(x, y, value) {
    const { preview } = this.zoom.picture;
    if (!preview || x < 0 || y < 0 || x >= this.mask.width || y >= this.mask.height) return;
    if (!this.colours) {
      const context = new OffscreenCanvas(preview.width, preview.height).getContext('2d');
      context.drawImage(preview, 0, 0);
      this.colours = context.getImageData(0, 0, preview.width, preview.height);
    }
    this.mask.flood(this.colours, Math.floor(x * preview.width / this.mask.width), Math.floor(y * preview.height / this.mask.height), this.tolerance, value);
    this.changed();
  }

  showServerView(on) {
    this.serverView = on;
    this.serverButton.ariaPressed = String(on);
    this.zoom.redraw();
  }

  update() {
    const { mask, plan, draft } = this;
    this.toolbar.update();
    this.seen = plan.coverage === null ? null : plan.picture;
    this.serverButton.disabled = !this.seen;
    if (!this.seen) this.showServerView(false);
    this.state.textContent = !mask.marked ? 'Mark what is to be changed, a little larger than the thing itself.'
      : ((plan.coverage ?? mask.coverage) * 100).toFixed(1) + ' % of the image is marked' + (plan.waiting ? '; asking for the price…' : '.');
    this.changeButton.textContent = plan.price ? `Change it (${plan.price})` : 'Change it';
    this.changeButton.disabled = this.working || !mask.marked || !draft.prompt.trim();
    this.handButton.disabled = this.working || !mask.marked;
    this.zoom.redraw();
  }

  async work(job) {
    this.working = true;
    this.fail('');
    this.update();
    try {
      await job();
    } catch (error) {
      this.fail(error);
    }
    this.working = false;
    this.progress.hidden = true;
    this.update();
  }

  change() {
    return this.work(async () => {
      this.progress.hidden = false;
      this.state.textContent = 'Drawing…';
      const image = await this.plan.change(({ structured }) => this.state.textContent = structured.summary, () => this.closed);
      if (image && host.can('updateModelContext', 'text')) host.tellModel(`The user changed a region of ${this.image} ("${this.draft.prompt.trim()}"); the result is ${image}.`).catch(() => {});
      if (image && !this.closed) show('viewer', { image, compare: true });
    });
  }

  handOver() {
    return this.work(async () => {
      const said = await this.plan.handOver();
      notify(said ? 'Said in the chat.' : 'The assistant knows the region now: tell it to go on.');
    });
  }

  fail(error) {
    this.alarm.textContent = error?.message ?? error;
  }

  destroy() {
    this.closed = true;
    this.zoom?.destroy();
  }
}

registerView({
  name: 'painter',
  title: 'Edit a region',
  create(root, { model }) {
    const painter = new Painter(root, model.image);
    painter.open().catch(error => painter.fail(error));
    return painter;
  },
});
