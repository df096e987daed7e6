export { boundedArray } from './bounded-array.ts';
export { decodeUtf8 } from './decode-utf8.ts';
export { fieldName } from './field-name.ts';
export { parseJson } from './parse-json.ts';
export { MAX_JSON_DEPTH, readJson } from './read-json.ts';
