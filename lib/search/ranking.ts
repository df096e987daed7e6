/** What hits may be ranked by. */
export const rankings = ['words', 'words-and-meaning'] as const;

export type Ranking = (typeof rankings)[number];
