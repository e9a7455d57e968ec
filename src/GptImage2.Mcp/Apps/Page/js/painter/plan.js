// Asks the server what a mask would change and cost, has it changed, or hands it over.
const regionSettings = ({ feather, quality }) => ({ ...feather && { feather: Number(feather) }, ...quality && { quality } });

async function callRegion({ image, draft }, more) {
  // White is what was painted, however much of the picture that is.
  return callTool('inpaint_region', { image, mask: await maskToPng(draft.mask), invert: false, prompt: draft.prompt, ...regionSettings(draft), ...more });
}

// A tool's result; a refusal is an error with the tool's words.
async function callTool(name, args) {
  const result = await server.tool(name, args);
  if (result.isError) throw new Error(forPeople(result.text));
  return result;
}

// Half a second after the last change; an answer to an older question is dropped.
async function planSoon(painter, priceStays) {
  const { draft } = painter, ticket = painter.asked = {};
  complain('');
  if (!priceStays) painter.plan = null;
  painter.update();
  await pause(500);
  const isOld = () => ticket !== painter.asked || !painter.root.isConnected;
  if (isOld() || !draft.mask.marked) return;
  try {
    const { structured, image } = await callRegion(painter, { prompt: draft.prompt || 'preview', dry_run: true });
    const picture = image && await decode(image);
    if (isOld()) return;
    painter.plan = { picture, price: formatCost(structured.cost), coverage: structured.region?.coverage };
    painter.update();
  } catch (error) {
    if (!isOld()) complain(error);
  }
}

// A picture that the chat holds as text would fill the model's context again.
const nameOf = image => image.startsWith('data:') ? 'the picture that was shown' : image;

// The result is shown when it is there, or offered where the user has gone on to something else.
async function changeRegion(painter) {
  const { image, draft, root } = painter;
  notify('Drawing…');
  let made;
  try {
    made = await waitForImage(await callRegion(painter), root);
  } finally {
    notify('');
  }
  if (host.can('updateModelContext', 'text')) host.tellModel(`The user changed a region of ${nameOf(image)} ("${draft.prompt}"); the result is ${made.id}.`);
  const model = { image: made.id, compare: true, base: image };
  if (root.isConnected && !root.closest('[hidden]')) show('viewer', model);
  else byId('notice').replaceChildren('The change is made. ', button('Show it', () => show('viewer', model)));
}

// A call that took too long for the host left a job, whose progress is told, and which can be ended.
async function waitForImage(result, root) {
  let row;
  try {
    while (isRunning(result.structured.job.status)) {
      const { id } = result.structured.job;
      row ??= root.appendChild(toolRow(el('progress', { 'aria-label': 'Progress' }), button('Cancel', async () => {
        notify(forPeople((await server.action('cancel', { job: id })).summary));
      })));
      notify(result.structured.doing ?? 'Drawing…');
      await pauseUntilSeen();
      result = await readJob(id);
    }
  } finally {
    row?.remove();
  }
  const made = result.structured.images?.[0];
  if (!made) throw new Error(forPeople(result.text));
  return made;
}

// The server keeps the mask, as a chat is no place for one; the chat names it.
async function handOver({ image, draft }) {
  const { mask } = await server.action('keep_mask', { image, mask: await maskToPng(draft.mask) });
  const args = JSON.stringify({ image: nameOf(image), mask, invert: false, ...regionSettings(draft) });
  await tellChat(`Change the region that I marked with inpaint_region ${args}: ${draft.prompt || 'ask me what it should show.'}`);
}

// As the user's words where the chat takes them, else for the assistant's next turn.
async function tellChat(words) {
  const taken = await host.say(words) || await host.tellModel(words);
  notify(taken ? 'The chat has it. If nothing happens, tell the assistant to go on.' : 'The chat did not take it. Tell the assistant: ' + words);
}
