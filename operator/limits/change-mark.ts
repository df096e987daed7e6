const pattern = /\[change ([0-9a-z-]+)\]$/;

/** Ends the description of each version of a parameter: which of them were written together. */
export const changeMark = {
  write: (id: string) => `[change ${id}]`,
  read: (description: string): string | undefined => pattern.exec(description)?.[1],
};
