/** Takes the place of `import.meta.resolve` in a bundle: the address of a package that is bundled beside, file by file. */
export const addressInBundle = (name: string): string => new URL(`./${name}/index.js`, import.meta.url).href;
