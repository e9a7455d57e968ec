// Jobs that run: how far they are, what is there already, how to end one; then the result of the one that was waited for.
const isRunning = status => status === 'running' || status === 'queued';

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

// What a job is, for people.
const toolWords = { generate_image: 'New image', edit_with_references: 'Edit', inpaint_region: 'Change of a region', remove_background: 'Cut-out', compose_board: 'Board', create_storyboard: 'Storyboard', update_storyboard: 'Storyboard' };

// Two seconds, or for as long as the page is not seen.
async function pauseUntilSeen() {
  do await pause(2000);
  while (document.hidden);
}

// A job's result as it stands; that a job failed is no error of the question.
async function readJob(job) {
  const result = await server.tool('studio_action', { action: 'job', job });
  if (!result.structured.job) throw new Error(result.text);
  return result;
}

// Puts a question with one way on and one way back in the place of a control.
function ask(control, question, yes, work) {
  const close = () => {
    row.remove();
    control.hidden = false;
    control.focus();
  };
  const accept = button(yes, () => work().finally(close), { class: 'main' });
  const row = toolRow(question, accept, button('No', close));
  control.after(row);
  control.hidden = true;
  accept.focus();
}

function createJobs(root, { model }) {
  const cards = new Map(), only = model.structured.job?.id, list = el('ul', { class: 'jobs' }), empty = el('p', { hidden: true }, 'No job is running.');
  let cancelled;
  root.append(list, empty);
  watch();

  async function watch() {
    for (;;) {
      const { jobs } = await server.action('jobs');
      if (!root.isConnected) return;
      const wanted = jobs.filter(job => !only || job.id === only);
      wanted.forEach(update);
      empty.hidden = only || wanted.some(job => isRunning(job.status));
      const result = only && await readJob(only);
      if (result && !isRunning(result.structured.job.status)) return cancelled || showResult(result);
      if (!empty.hidden) return;
      await pauseUntilSeen();
    }
  }

  function createCard({ id, prompt, image }) {
    const card = { status: el('p'), progress: el('progress', { 'aria-label': 'Progress' }), thumbs: toolRow(), words: el('p', { role: 'status' }) };
    const cancel = button('Cancel', () => ask(cancel, 'What was already sent is billed anyway.', 'Cancel the job', async () => {
      cancelled = true;
      card.words.textContent = forPeople((await server.action('cancel', { job: id })).summary);
    }));
    card.actions = el('div', {}, cancel);
    list.append(el('li', { class: 'card' }, el('h2', {}, prompt ?? image), Object.values(card)));
    return card;
  }

  function update(job) {
    const { id, images, status, doing } = job, card = cards.get(id) ?? createCard(job), running = isRunning(status), percent = /(\d+) ?% done/.exec(doing)?.[1];
    cards.set(id, card);
    card.status.textContent = `${toolWords[job.tool] ?? job.tool}: ${doing ?? status}`;
    if (percent || images) card.progress.value = percent / 100 || images / job.count;
    card.progress.hidden = card.actions.hidden = !running;
    if (images > card.thumbs.children.length) showThumbs(id, card.thumbs);
  }

  async function showThumbs(job, node) {
    const ids = (await readJob(job)).structured.ready, thumbs = await server.thumbs(ids, 128);
    node.replaceChildren(...ids.map((id, index) => openButton(id, thumbs[id], 'image ' + (index + 1))));
  }
}

registerView({
  name: 'jobs',
  title: 'Jobs',
  matches: ({ structured }) => host.can('serverTools') && (isRunning(structured.job?.status) || structured.jobs?.length >= 0),
  create: createJobs,
});
