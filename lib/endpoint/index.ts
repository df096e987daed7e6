export { isProtectedUrl } from './is-protected-url.ts';
export { isLoopbackOrigin, isWebOrigin } from './web-origin.ts';
