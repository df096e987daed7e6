export { startParameterEmulator } from './parameters/parameter-emulator.ts';
export { startQueueEmulator } from './queues/queue-emulator.ts';
export { startTableEmulator } from './table/table-emulator.ts';
