import { fileURLToPath } from 'node:url';
import { startProgram } from './start-program.ts';

await startProgram({
  name: 'npm start --',
  chat: 'npm run example:chat',
  // npm starts scripts in the project's folder, and says here where it was called.
  folder: process.env['INIT_CWD'] ?? process.cwd(),
  samples: fileURLToPath(new URL('../events/conversations', import.meta.url)),
});
