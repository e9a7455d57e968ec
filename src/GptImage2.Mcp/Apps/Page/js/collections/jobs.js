// Jobs that run: how far they are, what is there already, and how to end one; then the result of the one that was waited for.
const isRunning = status => status === 'running' || status === 'queued';

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

// Two seconds, or for as long as the page is not seen.
async function pauseUntilSeen() {
  do await pause(2000);
  while (document.hidden);
}

// A job's result as it stands, also that of a failed one, which is an error only of the job.
async function readJob(job) {
  const result = await server.tool('studio_action', { action: 'job', job });
  if (!result.structured?.job) throw new Error(result.text);
  return result;
}

// Asks until the job is over and returns its result, or null once isLeft() says that nobody waits for it.
async function followJob(job, tell, isLeft) {
  for (;;) {
    const result = await readJob(job);
    if (isLeft()) return null;
    if (!isRunning(result.structured.job.status)) return result;
    tell(result);
    await pauseUntilSeen();
  }
}

// Puts a question with one way on and one way back in the place of a control.
function ask(control, question, yes, no, work) {
  const close = () => {
    row.remove();
    control.hidden = false;
    control.focus();
  };
  const accept = button(yes, () => {
    close();
    return work();
  }, { class: 'main' });
  const row = el('div', { class: 'tools ask', role: 'group', 'aria-label': question }, el('p', {}, question), accept, button(no, close));
  control.after(row);
  control.hidden = true;
  accept.focus();
}

const createJobs = (root, { model }) => {
  const cards = new Map(), only = model.structured.jobs ? null : model.structured.job.id, empty = el('p', { class: 'faint' }, 'No job is running.');
  let left = false;
  root.append(el('p', { class: 'plain' }, model.structured.jobs ? '' : model.text));
  if (!host.can('serverTools')) {
    root.append(model.image ? el('img', { src: model.image, alt: 'What is there so far' }) : '', el('p', { class: 'plain' }, model.structured.jobs ? model.text : ''));
    return null;
  }
  const list = el('ul', { class: 'jobs' });
  root.replaceChildren(list, empty);
  watch().catch(complain);

  async function watch() {
    let running = true;
    while (running) {
      const { jobs } = await server.action('jobs');
      if (left) return;
      const followed = only ? jobs.filter(job => job.id === only) : jobs;
      if (only && !followed.length) followed.push(await describe(only));
      for (const job of followed) updateCard(job);
      empty.hidden = running = followed.some(job => isRunning(job.status));
      if (only && !running) return showResult(await readJob(only));
      if (running) await pauseUntilSeen();
    }
  }

  async function describe(id) {
    const { structured } = await readJob(id);
    return { id, status: structured.job.status, doing: structured.summary, images: structured.images?.length ?? 0, count: 0, prompt: structured.prompt };
  }

  function createCard(job) {
    const card = { images: 0, status: el('p'), words: el('p', { class: 'plain', role: 'status' }), thumbs: el('div', { class: 'tools' }) };
    card.progress = el('progress', { 'aria-label': 'Progress' });
    card.cancel = button('Cancel', () => ask(card.cancel, 'Cancel this job? What was already sent is billed anyway.', 'Cancel the job', 'Let it run', async () => {
      const { structured, text } = await server.tool('studio_action', { action: 'cancel', job: job.id });
      card.words.textContent = structured?.summary ?? text;
    }));
    card.open = button('Show', async () => showResult(await readJob(job.id)));
    list.append(el('li', { class: 'card' }, el('h2', {}, job.prompt ?? job.image ?? job.id), card.status, card.progress, card.thumbs, card.words, el('div', { class: 'tools' }, card.cancel, card.open)));
    cards.set(job.id, card);
    return card;
  }

  function updateCard(job) {
    const card = cards.get(job.id) ?? createCard(job), running = isRunning(job.status);
    const percent = /(\d+) ?% done/.exec(job.doing)?.[1], share = percent ? percent / 100 : job.images / job.count;
    if (share > 0) card.progress.value = share;
    else card.progress.removeAttribute('value');
    card.status.textContent = [job.tool, job.doing ?? job.status, !running && job.age_s && formatAge(job.age_s) + ' ago'].filter(Boolean).join(' · ');
    card.progress.hidden = !running;
    if (!card.cancel.nextElementSibling.matches('.ask')) card.cancel.hidden = !running;
    else if (!running) card.cancel.nextElementSibling.remove();
    card.open.hidden = running || !job.images;
    if (job.images > card.images) showThumbs(job, card).catch(complain);
  }

  async function showThumbs(job, card) {
    card.images = job.images;
    const ids = (await readJob(job.id)).structured.images.map(image => image.id), thumbs = await server.thumbs(ids, 128);
    card.thumbs.replaceChildren(...ids.filter(id => thumbs[id]).map((id, index) =>
      button(el('img', { src: thumbs[id], alt: '' }), () => show('viewer', { image: id }), { class: 'picture', 'aria-label': 'Open image ' + (index + 1) })));
  }

  return { destroy: () => left = true };
};

registerView({
  name: 'jobs',
  title: 'Jobs',
  matches: ({ structured }) => Array.isArray(structured.jobs) || isRunning(structured.job?.status),
  create: createJobs,
});
