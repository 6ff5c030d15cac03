import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the repository, by its path from the root. Compiled tests stand in clients/typescript/dist/test. */
export function repository(path: string): string {
  return fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
}

export const readRepository = (path: string): string => readFileSync(repository(path), 'utf8');
