export { isLoopbackOrigin } from './is-loopback-origin.ts';
export { isProtectedUrl } from './is-protected-url.ts';
export { isWebOrigin } from './is-web-origin.ts';
