const TYPES: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html',
  csv: 'text/csv',
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json',
};

/** Gives the person a file. */
export function download(name: string, content: Uint8Array | string): void {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  const blob = new Blob([content as BlobPart], { type: TYPES[ending] ?? 'application/octet-stream' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // the browser may still be reading it
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A name for a file, of letters and digits. */
export const fileName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'map';
