const UTF8 = new TextDecoder('utf-8', { fatal: true });
const GB18030 = new TextDecoder('gb18030');

/**
 * Text whose encoding nobody states: UTF-8 where it is valid, else GB18030, which Chinese Windows
 * programs write into archives and material files. Bytes of a short name hardly ever fit both.
 */
export function decodeText(bytes: Uint8Array): string {
	try {
		return UTF8.decode(bytes);
	} catch {
		return GB18030.decode(bytes);
	}
}
