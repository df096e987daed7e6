import { writeFile } from 'node:fs/promises';
import { pages, readPage } from './pages.ts';

for (const page of pages) {
  const { file, is, shouldBe } = await readPage(page);
  if (is !== shouldBe) await writeFile(file, shouldBe);
  console.log(`${page}: ${is === shouldBe ? 'up to date' : 'written anew'}`);
}
