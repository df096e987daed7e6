export { isProtectedUrl } from './is-protected-url.ts';
