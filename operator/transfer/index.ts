export { InvalidImportError } from './errors.ts';
export { type ExportChoice, type ExportDocument, exportLines } from './export-lines.ts';
export { type ImportDocument, importFiles } from './import-files.ts';
export { type ImportPlanDocument, planFiles } from './plan-files.ts';
