/** How a function's code becomes one ES module: by the CDK from the sources, or when the package is built. */
export const bundleOptions = {
  target: 'node24',
  mainFields: ['module', 'main'],
  /** CommonJS packages inside an ES module bundle call `require` for Node's own modules. */
  banner: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  minify: true,
  keepNames: true,
  sourcesContent: false,
};

/** What calls of models take; loaded by the first one. A function that calls none is bundled without, and starts sooner. */
export const modelPackages = ['ai', '@ai-sdk/amazon-bedrock', '@ai-sdk/openai-compatible'];
