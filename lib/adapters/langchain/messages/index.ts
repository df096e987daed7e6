export { fieldsOf } from './fields-of.ts';
export { toMessage } from './to-message.ts';
