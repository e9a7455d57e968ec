// The viewer: one image or a set, looked at closely, compared, chosen, and handed on.
registerView({ name: 'viewer', title: 'Image', matches: viewerModel, create: createViewer });

// show('viewer', {image: id}) or {images: [{id}], index}; from a result also its picture, prompt, cost and warnings.
function viewerModel({ structured, arguments: args, image: picture, text, isError }) {
  if (structured.images?.length) return { ...structured, picture };
  if (!picture || isError) return false;
  // A plan's picture shows what would be done to an image, so the image itself must not take its place.
  const planned = structured.job?.status === 'planned';
  const asked = planned ? [] : args.images ?? (args.image ? [args.image] : []);
  return { ...structured, images: asked.length ? asked.map(id => ({ id })) : [{}], picture, text: planned && text };
}

// What a ZoomCanvas needs of an image: reference is the id, path or URI that the server knows it by.
function pictureOf(facts, reference, preview = facts.preview) {
  const part = async area => (await server.action('part', { image: reference, ...area })).data;
  return { width: facts.width, height: facts.height, alpha: facts.alpha, preview, part: reference && host.can('serverTools') && part };
}

function createViewer(root, { model, tools, setTitle }) {
  const images = model.images ?? [{ id: model.image }];
  const total = images.length;
  let facts, base, reference, index;

  const stage = el('div', { class: 'stage' });
  const zoom = new ZoomCanvas(stage, 'Image');
  const actions = el('div', { class: 'tools' });
  const details = el('div', { class: 'details' });
  const strip = total > 1 && createStrip(images.map(image => image.id), choose);
  const real = button('Real pixels', () => toggleZoom(zoom));
  root.append(...[stage, strip && strip.node, actions, model.text && el('p', { class: 'plain' }, model.text), details].filter(Boolean));
  tools.append(real);
  zoom.onchange = () => {
    real.ariaPressed = String(!zoom.fitted);
    real.textContent = zoom.fitted ? 'Real pixels' : 'Fit (' + Math.round(zoom.deviceScale * 100) + ' %)';
  };

  async function choose(place) {
    index = place;
    reference = images[place].id;
    base = null;
    facts = images[place];
    setTitle(total > 1 ? 'Image ' + (place + 1) + ' of ' + total : 'Image');
    fill();
    const whole = total === 1 || !host.can('serverTools');
    if (whole && model.picture) zoom.setPicture(pictureOf(total === 1 ? facts : {}, null, model.picture)).catch(complain);
    if (reference && host.can('serverTools')) await load(reference).catch(complain);
  }

  async function load(asked) {
    const answer = await server.open(asked);
    if (asked !== reference) return;
    facts = { ...facts, ...answer.image };
    base = answer.base;
    fill();
    await zoom.setPicture(pictureOf(facts, asked));
  }

  function fill() {
    stopComparing();
    zoom.canvas.ariaLabel = 'Image' + (facts.prompt ? ': ' + facts.prompt : '') + '. Keys: plus, minus, arrows, 0 to fit, 1 for real pixels.';
    actions.replaceChildren(...actionButtons().filter(Boolean));
    details.replaceChildren(...createFacts(facts, model));
  }

  function actionButtons() {
    const id = facts.id;
    const free = host.can('serverTools');
    const words = total > 1 ? 'image ' + (index + 1) + ' of ' + total : 'this image';
    const tells = host.can('updateModelContext', 'text') || host.can('message', 'text');
    return [
      id && tells && button('Use this one', () => use(words), { class: 'main' }),
      reference && free && views.has('painter') && button('Edit a region', () => show('painter', { image: reference })),
      id && host.can('message', 'text') && button('Vary', vary),
      id && free && favouriteButton(),
      canDownload() && button('Download', download),
      base && button('Compare', compare, { 'aria-pressed': 'false' }),
      facts.alpha && backgroundChoice(zoom),
    ];
  }

  async function use(words) {
    const told = await host.tellModel('The user chose ' + words + ': ' + facts.id + ' (image://' + facts.id + ').');
    notify(told ? 'The chat knows that you chose ' + words + '.' : 'The chat did not take it. The name of the image is ' + facts.id + '.');
  }

  async function vary() {
    const said = await host.say('Make variations of ' + facts.id + ' (image://' + facts.id + '). Ask me how many, and what should differ.');
    notify(said ? 'Asked in the chat.' : 'The chat did not take it.');
  }

  function favouriteButton() {
    const node = button('', async () => {
      facts.favourite = (await server.action('favourite', { image: facts.id, on: !facts.favourite })).favourite;
      server.forget(reference);
      mark();
    });
    const mark = () => {
      node.textContent = (facts.favourite ? '\u2605' : '\u2606') + ' Favourite';
      node.ariaPressed = String(Boolean(facts.favourite));
    };
    mark();
    return node;
  }

  const canDownload = () => host.can('downloadFile') && facts.id && (facts.download_url || host.can('serverResources'));

  async function download() {
    const name = facts.name ?? facts.id + '.' + facts.format;
    const type = 'image/' + facts.format;
    if (facts.download_url) return host.downloadLink(name, type, facts.download_url);
    const { contents: [file] } = await host.request('resources/read', { uri: 'image://' + facts.id });
    await host.download(name, file.mimeType ?? type, file.blob);
  }

  async function compare({ target }) {
    if (stopComparing()) return;
    await zoom.before.setPicture(pictureOf(base, base.id));
    target.ariaPressed = 'true';
    stage.append(createCompare(zoom));
    zoom.redraw();
  }

  function stopComparing() {
    const divider = stage.querySelector('.divider');
    if (!divider) return false;
    divider.remove();
    zoom.before.destroy();
    zoom.redraw();
    const pressed = actions.querySelector('[aria-pressed=true].compare');
    if (pressed) pressed.ariaPressed = 'false';
    return true;
  }

  if (strip) strip.select(model.index ?? 0, true);
  else choose(0);
  return { destroy: () => zoom.destroy() };
}

// Checkerboard, black, white, or any colour behind a picture with alpha.
function backgroundChoice(zoom) {
  const apply = () => {
    colour.hidden = choice.value !== 'colour';
    zoom.background = choice.value === 'colour' ? colour.value : choice.value;
    zoom.redraw();
  };
  const choice = el('select', { 'aria-label': 'Background', onchange: apply },
    ['checkerboard', 'black', 'white', 'colour'].map(name => el('option', { value: name }, name[0].toUpperCase() + name.slice(1))));
  const colour = el('input', { type: 'color', value: '#3b7dd8', 'aria-label': 'Background colour', hidden: true, oninput: apply });
  return el('span', { class: 'tools' }, choice, colour);
}
