export { isOnlyPlaceholders } from './placeholder.ts';
export { type KnownSecret, redact } from './redact.ts';
export { redactKey } from './redact-key.ts';
export { redactMessages } from './redact-messages.ts';
export { type RedactionMode, redactionModes } from './redaction-mode.ts';
export { secretKinds } from './secret-kinds.ts';
export { secretsIn, secretsSaid } from './secrets-said.ts';
