/** Whether a folder is another one or lies below it; both are absolute, without a slash at the end but for the root. */
export const isWithin = (folder: string, top: string): boolean =>
  folder === top || folder.startsWith(top.endsWith('/') ? top : `${top}/`);
