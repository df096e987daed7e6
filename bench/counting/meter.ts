import type { RequestFigure } from './request-figure.ts';
import { addUsage, type Usage } from './usage.ts';

/** Counts the requests that are made while somebody measures; of others, such as those that prepare, it takes no note. */
export interface Meter {
  note(request: RequestFigure): void;
  /** @throws what the work throws. */
  during(work: () => Promise<unknown>): Promise<Usage>;
}

export function makeMeter(): Meter {
  let noted: RequestFigure[] | undefined;
  return {
    note: (request) => {
      noted?.push(request);
    },
    async during(work) {
      if (noted)
        throw new Error('A measurement is under way already: their requests could not be told apart.');
      const requests: RequestFigure[] = [];
      noted = requests;
      try {
        await work();
      } finally {
        noted = undefined;
      }
      return addUsage(requests);
    },
  };
}
