/** A whole number with a space between its thousands, as the docs write it. */
export const spaced = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
