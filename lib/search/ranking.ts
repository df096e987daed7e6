/** What hits were ranked by. */
export type Ranking = 'words' | 'words-and-meaning';
