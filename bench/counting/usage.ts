import type { RequestFigure } from './request-figure.ts';

/** What some work took: one figure for each kind of request, in the order of their first. */
export type Usage = readonly RequestFigure[];

/** The usages together. */
export function addUsage(...usages: readonly Usage[]): Usage {
  const kinds = new Map<string, RequestFigure>();
  for (const figure of usages.flat()) {
    const kind = `${figure.service} ${figure.operation} ${figure.target}`;
    const before = kinds.get(kind);
    kinds.set(kind, before ? added(before, figure) : figure);
  }
  return [...kinds.values()];
}

function added(a: RequestFigure, b: RequestFigure): RequestFigure {
  return {
    ...a,
    count: a.count + b.count,
    refused: a.refused + b.refused,
    writeUnits: a.writeUnits + b.writeUnits,
    readUnits: a.readUnits + b.readUnits,
    sentBytes: a.sentBytes + b.sentBytes,
    receivedBytes: a.receivedBytes + b.receivedBytes,
  };
}
