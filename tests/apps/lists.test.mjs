/** Clients that do not announce that they show apps see nothing of one; to those that do, the lists differ by exactly that. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { askOverHttp, askOverStdio } from './host/raw.mjs';
import { apps } from './host/server.mjs';
import { transports } from './host/suite.mjs';

const studio = 'ui://gptimage2/studio.html';
const toolsOf = answers => JSON.parse(answers['tools/list']).result.tools;

/** The committed contract: the list over stdio, as it was before there was an app. */
function readContract() {
  const folder = path.join(process.env.GPTIMAGE2_APPS_REPOSITORY, 'tests/GptImage2.Mcp.Tests/Contract');
  const names = readdirSync(folder).filter(name => name.endsWith('.json') && name !== 'studio_action.json');
  return new Map(names.map(name => [name.slice(0, -5), JSON.stringify(JSON.parse(readFileSync(path.join(folder, name), 'utf8')))]));
}

function expectContract(tools) {
  const contract = readContract();
  assert.deepEqual(tools.map(tool => tool.name).toSorted(), [...contract.keys()].toSorted());
  for (const tool of tools) assert.equal(JSON.stringify(tool), contract.get(tool.name));
}

const askers = { stdio: askOverStdio, http: askOverHttp };

for (const transport of transports) {
  describe(`lists, ${transport}`, () => {
    let plain, withApps;
    before(async () => {
      const ask = askers[transport];
      [plain, withApps] = await Promise.all([ask(`lists-plain-${transport}`, {}), ask(`lists-apps-${transport}`, { extensions: apps })]);
    });

    it('a client without apps sees the tools as they were, byte for byte, and no word of the app', () => {
      if (transport === 'stdio') expectContract(toolsOf(plain));
      for (const [method, text] of Object.entries(plain)) assert.doesNotMatch(text, /_meta|studio_action|ui:\/\/|modelcontextprotocol\/ui|mcp-app/, method);
      const others = toolsOf(withApps).filter(tool => tool.name !== 'studio_action').map(({ _meta, ...tool }) => tool);
      assert.equal(JSON.stringify(others), JSON.stringify(toolsOf(plain)));
    });

    it('a client with apps is told of the page by each tool that it shows, and of the tool that only the page calls', () => {
      assert.ok(JSON.parse(withApps.initialize).result.capabilities.extensions['io.modelcontextprotocol/ui'], 'announces the extension');
      const action = toolsOf(withApps).find(tool => tool.name === 'studio_action');
      assert.deepEqual(action?._meta?.ui?.visibility, ['app']);
      const generate = toolsOf(withApps).find(tool => tool.name === 'generate_image');
      assert.equal(generate._meta.ui.resourceUri, studio);
      assert.equal(generate._meta['ui/resourceUri'], studio);
      assert.equal(generate._meta['openai/outputTemplate'], studio);
    });
  });
}
