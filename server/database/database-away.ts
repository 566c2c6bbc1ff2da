/** Connection refused or reset, socket gone; server starting, stopping or full (SQLSTATE 57P0x, 53300, 08xxx). */
const AWAY = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|57P0[1-5]|53300|08...)$/;
const POOL_TIMEOUT = /timeout exceeded when trying to connect|Connection terminated/;

/** Whether an error, or one it was caused by, says that the database cannot be reached just now. */
export function isDatabaseAway(error: unknown): boolean {
	for (let at = error; at instanceof Error; at = at.cause) {
		const isPostgres = 'syscall' in at || 'severity' in at;
		if (isPostgres && 'code' in at && AWAY.test(String(at.code))) return true;
		if (POOL_TIMEOUT.test(at.message)) return true;
	}
	return false;
}
