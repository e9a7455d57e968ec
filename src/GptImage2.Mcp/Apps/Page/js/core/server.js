// Calls the server's tools through the host, four at once, and keeps what was asked about an image.
const queue = [];
const opened = new Map();
const smallPictures = {};
let running = 0;

const server = {
  // Any tool by its name -> {structured, text, image, isError} (see readResult); a refused call is no exception.
  async tool(name, args) {
    // Whoever waits takes over the place of a call that has ended.
    if (running < 4) running++;
    else await new Promise(resolve => queue.push(resolve));
    try {
      return readResult(await host.request('tools/call', { name, arguments: args }));
    } finally {
      if (queue.length) queue.shift()();
      else running--;
    }
  },

  // studio_action -> its structured content; throws an Error with the tool's words.
  async action(action, args) {
    const result = await server.tool('studio_action', { action, ...args });
    if (result.isError) throw new Error(forPeople(result.text));
    return result.structured;
  },

  // The answer of action 'open', kept: {image, base, board}.
  open(image) {
    if (!opened.has(image)) {
      opened.set(image, server.action('open', { image }));
      opened.get(image).catch(() => opened.delete(image));
      if (opened.size > 24) opened.delete(opened.keys().next().value);
    }
    return opened.get(image);
  },

  // What is known of an image is not true any more.
  forget: image => opened.delete(image),

  // {id: data URL} of these and others asked for before, kept; an image that is gone has undefined.
  async thumbs(ids, edge = 256) {
    const kept = smallPictures[edge] ??= {};
    const missing = ids.filter(id => !kept[id]);
    while (missing.length) Object.assign(kept, (await server.action('thumbs', { images: missing.splice(0, 24), edge })).thumbs);
    return kept;
  },
};

// A tool's words without what it says to a model: the corrected call, what to call next, what is shown.
const forPeople = text => text.split('\n').filter(line => !/^(Call|Next|Shown|Added to the prompt):/.test(line)).join('\n');

// A raw tool result -> {structured, text, image (data URL of the first picture or undefined), isError}; some hosts leave the structure as JSON text.
function readResult({ content = [], structuredContent, isError }) {
  const texts = content.filter(block => block.type === 'text').map(block => block.text);
  const json = texts.find(text => text.startsWith('{'));
  const picture = content.find(block => block.type === 'image');
  return {
    structured: structuredContent ?? parsed(json),
    text: texts.find(text => text !== json) ?? '',
    image: picture && `data:${picture.mimeType};base64,${picture.data}`,
    isError,
  };
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}
