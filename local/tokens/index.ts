export { makeTokenIssuer, type TokenIssuer } from './token-issuer.ts';
