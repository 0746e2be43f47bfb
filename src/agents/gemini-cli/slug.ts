// The name by which Gemini CLI keeps what belongs to a project's folder.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { object, text } from '../shared/shapes.ts';

/** The name that the client has given to the folder, or will give: its base name, with a number where that is taken. */
export function slugOf(folder: string, gemini: string): string {
  const projects = object(object(readJson(path.join(gemini, 'projects.json')))?.['projects']) ?? {};
  const known = text(projects[folder]);
  if (known !== undefined && isFree(known, folder, gemini)) return known;
  const taken = new Set(Object.values(projects));
  const base =
    path
      .basename(folder)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'project';
  for (let n = 0; ; n++) {
    const slug = n === 0 ? base : `${base}-${n}`;
    if (!taken.has(slug) && isFree(slug, folder, gemini)) return slug;
  }
}

/** Whether no other folder has that name. */
function isFree(slug: string, folder: string, gemini: string): boolean {
  return ['tmp', 'history'].every((base) => {
    const owner = readText(path.join(gemini, base, slug, '.project_root'))?.trim();
    return owner === undefined || owner === folder;
  });
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readText(file) ?? '');
  } catch {
    return undefined;
  }
}
