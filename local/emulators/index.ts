export { type EventBusEmulator, startEventBusEmulator } from './events/event-bus-emulator.ts';
export type { EventFeed } from './events/event-feed.ts';
export { startParameterEmulator } from './parameters/parameter-emulator.ts';
export { startQueueEmulator } from './queues/queue-emulator.ts';
export type { StreamRecord } from './table/stream-record.ts';
export { startTableEmulator, type TableEmulatorOptions } from './table/table-emulator.ts';
export type { StreamReader, TableStreams } from './table/table-streams.ts';
