/**
 * Where secrets are taken out: `memories` from what models give, before it is stored; `model` also from what they are
 * given; `off` nowhere.
 */
export const redactionModes = ['model', 'memories', 'off'] as const;
export type RedactionMode = (typeof redactionModes)[number];
