/** What each client must see of the server, whoever wrote the client. */
import assert from 'node:assert/strict';

const call = (prompt, more = {}) => ({ name: 'generate_image', arguments: { prompt, size: '1024x1024', ...more } });

/**
 * @param connect address → a client: listTools, listResources, listPrompts, callTool(params, options), readResource, complete and
 * close, each as in the SDK; watch(onChanged) → a function that ends it.
 * @param address the server's
 * @param slowAddress that of a server whose images take long
 */
export async function expectAll(connect, address, slowAddress) {
  const client = await connect(address);
  await expectLists(client);
  await expectChanges(client);
  await expectManyCalls(client);
  await expectRefusal(client);
  await client.close();

  const slow = await connect(slowAddress);
  await expectCancellation(slow);
  await slow.close();
  console.log('lists, calls, reads, is told of changes, makes ten at once, is refused, cancels');
}

async function expectLists(client) {
  const { tools } = await client.listTools();
  assert.ok(tools.some(tool => tool.name === 'generate_image'), 'lists generate_image');
  assert.ok((await client.listPrompts()).prompts.length > 5, 'lists prompts');
  assert.ok((await client.listResources()).resources.length > 0, 'lists resources');
  const { completion } = await client.complete({ ref: { type: 'ref/resource', uri: 'guide://{name}' }, argument: { name: 'name', value: '' } });
  assert.ok(Array.isArray(completion.values), 'completes an argument');
}

/** A call with progress, the images it makes, and the announcement that there is one more. */
async function expectChanges(client) {
  let announce;
  let isAnnounced = false;
  const announced = new Promise(resolve => { announce = resolve; }).then(() => { isAnnounced = true; });
  const stop = await client.watch(announce);
  const progress = [];
  const made = await client.callTool(call('a red fox, first of its kind'), { onprogress: step => progress.push(step.progress) });
  const image = made.content.find(block => block.type === 'image');
  const bytes = Buffer.from(image.data, 'base64');
  assert.ok(!made.isError, 'is no error');
  assert.ok(bytes.length > 1000, 'has the bytes of an image');
  assert.ok(made.structuredContent?.images?.length === 1, 'has structured content of one image');
  assert.ok(progress.length > 0 && progress.every((value, index) => index === 0 || value > progress[index - 1]), `progress rises: ${progress}`);

  const { contents } = await client.readResource({ uri: `image://${made.structuredContent.images[0].id}` });
  const original = Buffer.from(contents[0].blob, 'base64');
  assert.equal(contents[0].mimeType, 'image/png');
  assert.deepEqual([...original.subarray(1, 4)], [...Buffer.from('PNG')], 'reads the PNG');

  // A client of the older revisions opens its stream when it likes, and hears only what changes after that.
  for (let number = 2; !isAnnounced && number < 6; number++) await client.callTool(call(`a red fox, number ${number} of its kind`));
  await announced;
  await stop();
}

async function expectManyCalls(client) {
  const prompts = Array.from({ length: 10 }, (_, number) => `a fox with the number ${number}`);
  const results = await Promise.all(prompts.map(prompt => client.callTool(call(prompt))));
  assert.equal(new Set(results.map(result => result.structuredContent.images[0].id)).size, 10, 'ten calls at once make ten images');
}

async function expectRefusal(client) {
  const refused = await client.callTool(call('a fox', { size: 'huge' }));
  assert.ok(refused.isError, 'a wrong argument is an error');
  assert.match(refused.content[0].text, /size: expected .* but received "?huge/, 'that names the argument, what was expected and what was received');
}

/** A call that takes long is given up as soon as it reports, and the server still answers. */
async function expectCancellation(client) {
  const controller = new AbortController();
  await assert.rejects(client.callTool(call('a fox that is never seen'), { signal: controller.signal, onprogress: () => controller.abort() }));
  assert.ok(controller.signal.aborted, 'was cancelled, and did not fail');
  assert.ok((await client.listTools()).tools.length > 0, 'answers after a cancelled call');
}
