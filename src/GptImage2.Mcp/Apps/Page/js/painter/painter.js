// The mask painter: marks a region of an image and has only that changed, here or by the assistant.
const drafts = new Map();

// Mask and words of an image outlive the view: a host may draw the page's result again at any time.
function draftOf(image, width, height) {
  let draft = drafts.get(image);
  if (draft?.mask.width !== width || draft.mask.height !== height) draft = { mask: new Mask(width, height), prompt: '', feather: '', quality: '' };
  drafts.delete(image);
  drafts.set(image, draft);
  if (drafts.size > 2) drafts.delete(drafts.keys().next().value);
  return draft;
}

async function openPainter(root, image, painter) {
  const { image: facts } = await server.open(image);
  if (!root.isConnected) return;
  const draft = draftOf(image, facts.width, facts.height), { mask } = draft, stage = el('div', { class: 'stage' });
  const zoom = painter.zoom = new ZoomCanvas(stage, 'The picture to mark'), { canvas } = zoom;
  zoom.overlay = context => drawOverlay(painter, context);
  Object.assign(painter, { root, image, draft, mask, update, outline: [], wantsServerView: true });

  const serverButton = button('As the server sees it', () => {
    painter.wantsServerView = !painter.wantsServerView;
    update();
  });
  const toolbar = createToolbar(painter, serverButton), state = el('p', { role: 'status', class: 'faint' });
  const changeButton = button('', () => changeRegion(painter), { class: 'main' });
  const handButton = button('Leave it to the assistant', () => handOver(painter));

  const field = (label, name, node) => {
    node.value = draft[name];
    node.oninput = () => {
      draft[name] = node.value.trim();
      planSoon(painter, name === 'prompt');
    };
    return el('label', { class: name }, label, node);
  };
  const qualities = ['', 'low', 'medium', 'high'].map(value => el('option', { value }, value || 'default'));

  function update() {
    const { plan } = painter;
    // From the end of a stroke until the next begins, unless it was switched off.
    painter.serverView = painter.wantsServerView && plan?.picture;
    serverButton.disabled = !plan?.picture;
    serverButton.ariaPressed = Boolean(painter.serverView);
    state.textContent = mask.marked ? Math.max(0.1, (plan?.coverage ?? mask.marked / mask.pixels.length) * 100).toFixed(1) + ' % of the image is marked.' + (draft.prompt ? '' : ' Say below what should be there.') : 'Mark what is to be changed, and a little around it.';
    changeButton.textContent = 'Change it' + (plan?.price ? ` (${plan.price})` : '');
    // Nobody spends what was not shown.
    changeButton.disabled = !mask.marked || !draft.prompt || !plan;
    handButton.disabled = !mask.marked;
    zoom.redraw();
  }

  canvas.onpointermove = canvas.onpointerleave = event => {
    painter.hover = event.pointerType === 'mouse' && event.type === 'pointermove' && zoom.eventToImage(event);
    zoom.redraw();
  };
  root.parentNode.onkeydown = toolbar.key;
  root.append(toolbar.node, stage, createNumbers(painter), state, field('What should be there', 'prompt', el('textarea')),
    toolRow(field('Quality', 'quality', el('select', {}, qualities)),
      field('Soft edge in pixels', 'feather', el('input', { type: 'number', min: 0, max: 999, placeholder: 'default' })), changeButton, handButton));
  await zoom.setPicture(pictureOf(facts, image));
  planSoon(painter);
}

registerView({
  name: 'painter',
  title: 'Edit a region',
  create(root, { model }) {
    const painter = {};
    openPainter(root, model.image, painter);
    return { destroy: () => painter.zoom?.destroy() };
  },
});
