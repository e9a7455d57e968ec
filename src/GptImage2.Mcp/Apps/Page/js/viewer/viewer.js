// The viewer: one image or a set, looked at closely, compared, chosen, and handed on.
registerView({ name: 'viewer', title: 'Image', matches: viewerModel, create: createViewer });

// show('viewer', {image: id}) or {images: [{id}], index}, with compare: true beside what it was made from, or beside base; from a result also its picture, prompt, cost and warnings.
function viewerModel({ structured, arguments: args, image: picture, text, isError }) {
  if (structured.images?.length) return { ...structured, picture };
  if (!picture || isError) return false;
  // A plan's picture shows what would be done to an image, so the image itself must not take its place.
  const planned = structured.job?.status === 'planned';
  const asked = planned ? [null] : args.images ?? [args.image];
  return { ...structured, images: asked.map(reference => ({ reference })), picture, text: planned && text };
}

// What a ZoomCanvas needs of an image: reference is the id, path or URI that the server knows it by.
function pictureOf(facts, reference) {
  return { ...facts, part: async area => (await server.action('part', { image: reference, ...area })).data };
}

// A file that was not made here has no id.
const referenceOf = image => image.reference ?? image.id;

function createViewer(root, { model, tools, setTitle }) {
  const images = model.images ?? [{ id: model.image }];
  const many = images.length > 1;
  const served = host.can('serverTools');
  const talks = host.can('message', 'text');
  const stage = el('div', { class: 'stage' });
  const zoom = new ZoomCanvas(stage);
  const actions = el('div', { class: 'tools' });
  const details = el('div');
  const strip = many && createStrip(images.map(referenceOf), choose);
  const real = button('', () => toggleZoom(zoom));
  const background = createBackground(zoom);
  let facts, base, reference, words, divider;

  tools.append(real);
  root.append(stage, strip.node ?? '', actions, el('p', { class: 'plain' }, model.text), details);
  zoom.onchange = () => real.textContent = zoom.fitted ? 'Real pixels' : `Fit (now ${Math.round(zoom.deviceScale * 100)} %)`;

  async function choose(index) {
    const chosen = facts = images[index];
    words = many ? `image ${index + 1} of ${images.length}` : 'this image';
    if (many) setTitle(`I${words.slice(1)}`);
    reference = referenceOf(facts);
    base = null;
    fill();
    // The picture of a set is one sheet of all of them: good enough only when there is no other.
    if (model.picture && !(many && served)) zoom.setPicture({ ...!many && facts, preview: model.picture });
    if (!reference || !served) return;
    const answer = await server.open(reference);
    if (facts !== chosen) return;
    facts = { ...answer.image, favourite: chosen.favourite ?? answer.image.favourite };
    const described = facts;
    base = answer.base ?? await openBase(facts);
    if (facts !== described) return;
    fill();
    zoom.setPicture(pictureOf(facts, reference));
    if (model.compare && base) actions.querySelector('[aria-pressed=false].compare').click();
  }

  // A file that was edited is no image of the server's, but whoever edited it knows its name.
  async function openBase({ width, height }) {
    const { image } = model.base ? await server.open(model.base).catch(() => ({})) : {};
    return image?.width === width && image.height === height && { ...image, reference: model.base };
  }

  function fill() {
    const { id, alpha, favourite, download_url: link, prompt = 'Image' } = facts;
    endComparing();
    zoom.canvas.ariaLabel = `${prompt}. Keys: plus, minus, arrows, 0 to fit, 1 for real pixels.`;
    details.replaceChildren(createFacts(facts, model));
    actions.replaceChildren(...[
      id && (talks || host.can('updateModelContext', 'text')) && button('Use this one', use, { class: 'main' }),
      reference && served && button('Edit a region', () => show('painter', { image: reference })),
      id && talks && button('Vary', vary),
      id && served && button('★ Favourite', favour, { 'aria-pressed': String(favourite ?? false), class: 'favourite' }),
      id && host.can('downloadFile') && (link || host.can('serverResources')) && button('Download', download),
      base && button('Compare', compare, { 'aria-pressed': 'false', class: 'compare' }),
      ...alpha ? background : [],
    ].filter(Boolean));
  }

  const report = (taken, text) => notify(taken ? text : 'The chat did not take it.');

  const use = async () => report(await host.tellModel(`The user chose ${words}: ${facts.id} (image://${facts.id}).`), `The chat knows that you chose ${words}.`);

  const vary = async () => report(await host.say(`Make variations of ${facts.id}. First ask me how many, and what should differ.`), 'Asked in the chat.');

  // What else is known of the image may arrive meanwhile, and bring another button.
  async function favour() {
    const image = facts;
    const { id, favourite } = await server.action('favourite', { image: image.id, on: !image.favourite });
    server.forget(id);
    image.favourite = favourite;
    if (facts.id !== id) return;
    facts.favourite = favourite;
    actions.querySelector('.favourite').ariaPressed = favourite;
  }

  async function download() {
    const { id, format, name = `${id}.${format}`, download_url: link } = facts;
    const file = !link && (await host.request('resources/read', { uri: `image://${id}` })).contents[0].blob;
    report(await host.download(name, `image/${format}`, file, link), '');
  }

  function endComparing() {
    divider?.remove();
    divider = null;
    zoom.before.clear();
    zoom.redraw();
  }

  async function compare({ target }) {
    target.ariaPressed = !divider;
    if (divider) return endComparing();
    // Whoever has just had something changed wants to see that first.
    stage.append(divider = createDivider(zoom, model.compare ? 0.03 : 0.5));
    await zoom.before.setPicture(pictureOf(base, referenceOf(base)));
    zoom.redraw();
  }

  (strip.select ?? choose)(model.index ?? 0);
  return zoom;
}
