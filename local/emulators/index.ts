export { startParameterEmulator } from './parameter-emulator.ts';
export { startQueueEmulator } from './queue-emulator.ts';
export { startTableEmulator } from './table-emulator.ts';
