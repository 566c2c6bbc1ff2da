/** Names in a finished folder that every kind has. */
export const MANIFEST_FILE = 'manifest.json';
export const REPORT_FILE = 'report.json';
export const POSTER_FILE = 'poster.webp';
