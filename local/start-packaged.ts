import { fileURLToPath } from 'node:url';
import { packagedAssembly } from './packaged/index.ts';
import { startProgram } from './start-program.ts';

// In the package this file is `dist/local/start.js`.
const dist = new URL('../', import.meta.url);

await startProgram({
  name: 'commitlane start',
  chat: 'cp -r node_modules/commitlane/examples/chat-page . && node chat-page/server.ts',
  folder: process.cwd(),
  samples: fileURLToPath(new URL('local/conversations', dist)),
  synthesise: (context) => packagedAssembly(dist, context),
});
