// Calls the server's tools through the host, four at once, and keeps what was asked about an image.
const server = (() => {
  const queue = [];
  const opened = new Map();
  const thumbs = new Map();
  let running = 0;

  function next() {
    while (running < 4 && queue.length) {
      running++;
      queue.shift()().finally(() => {
        running--;
        next();
      });
    }
  }

  function inTurn(work) {
    return new Promise((resolve, reject) => {
      queue.push(() => work().then(resolve, reject));
      next();
    });
  }

  async function tool(name, args) {
    if (!host.can('serverTools')) throw new Error('This chat does not let the page call the image server.');
    return readResult(await inTurn(() => host.request('tools/call', { name, arguments: args })));
  }

  async function action(name, args) {
    const result = await tool('studio_action', { action: name, ...args });
    if (result.isError) throw new Error(result.text);
    return result.structured;
  }

  function open(image) {
    if (!opened.has(image)) {
      const answer = action('open', { image });
      answer.catch(() => opened.delete(image));
      opened.set(image, answer);
      if (opened.size > 24) opened.delete(opened.keys().next().value);
    }
    return opened.get(image);
  }

  async function loadThumbs(ids, edge) {
    const keyOf = id => edge + ' ' + id;
    const missing = [...new Set(ids)].filter(id => !thumbs.has(keyOf(id)));
    for (let start = 0; start < missing.length; start += 24) {
      const answer = await action('thumbs', { images: missing.slice(start, start + 24), edge });
      for (const [id, data] of Object.entries(answer.thumbs)) thumbs.set(keyOf(id), data);
    }
    return Object.fromEntries(ids.map(id => [id, thumbs.get(keyOf(id))]));
  }

  return {
    // Any tool by its name -> {structured, text, image, isError} (see readResult); a refused call is no exception.
    tool,
    // studio_action -> its structured content; throws an Error with the tool's words.
    action,
    // The answer of action 'open', kept: {image, base, board}.
    open,
    // {id: data URL} of small pictures, kept; an image that is gone has undefined.
    thumbs: (ids, edge = 256) => loadThumbs(ids, edge),
    // Forgets what 'open' said about an image, after it was changed.
    forget: image => opened.delete(image),
  };
})();

// A raw tool result -> {structured, text, image (data URL of the first picture or undefined), isError}.
function readResult(result) {
  const content = result?.content ?? [];
  const texts = content.filter(block => block.type === 'text').map(block => block.text);
  const json = texts.find(text => text.startsWith('{'));
  const picture = content.find(block => block.type === 'image');
  return {
    structured: result?.structuredContent ?? (json ? parseOrNothing(json) : {}),
    text: texts.find(text => text !== json) ?? '',
    image: picture && 'data:' + picture.mimeType + ';base64,' + picture.data,
    isError: Boolean(result?.isError),
  };
}

function parseOrNothing(json) {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}
