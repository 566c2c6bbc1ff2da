/*
 * Loaded before the pipeline's program (`NODE_OPTIONS=--import`), it ends the process behind the fences by
 * the signal DYING_BY as it begins its input number DYING_AT, as a fault in native code would.
 */
const { DYING_AT, DYING_BY } = process.env;
const send = process.send?.bind(process);
if (send !== undefined && DYING_AT !== undefined) {
	process.send = (message: { begun?: number }) =>
		send(message, () => {
			if (message.begun === Number(DYING_AT)) process.kill(process.pid, DYING_BY);
		});
}
